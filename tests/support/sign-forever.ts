// A second process for tests: signs tokens of random expiry for one organization and prints each expiry once the token exists.
import { getTokenSigner } from "#lib/keys/signing.ts";

const [organizationId = ""] = process.argv.slice(2);
for (;;) {
  const signer = await getTokenSigner(organizationId);
  const exp = Math.floor(Date.now() / 1000) + Math.floor(Math.random() * 7200);
  await signer.sign({ typ: "at+jwt", claims: { exp } });
  process.stdout.write(`${signer.keyPairId} ${exp}\n`);
}
