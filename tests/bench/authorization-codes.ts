// Prints authorization codes as the authorization endpoint would hand them out, as a JSON array. Arguments: organization,
// application id, redirect address, code challenge, how many. They are for the organization's first owner.
import { database } from "../../lib/db/client.ts";
import { createAuthorizationCode } from "../../lib/oidc/authorization-codes.ts";

const [organizationId = "", applicationId = "", redirectUri = "", codeChallenge = "", count = "1"] =
  process.argv.slice(2);
const { userId } = await database().membership.findFirstOrThrow({ where: { organizationId, role: "owner" } });
const grant = { organizationId, applicationId, userId, redirectUri, codeChallenge, nonce: null };
const codes: string[] = [];
for (let index = 0; index < Number(count); index += 1) {
  codes.push(await createAuthorizationCode({ ...grant, scope: "openid", authenticatedAt: new Date() }));
}
process.stdout.write(JSON.stringify(codes));
process.exit(0);
