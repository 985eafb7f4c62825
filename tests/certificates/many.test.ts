import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { listSelectableCertificates } from "#lib/certificates/assignment.ts";
import { database } from "#lib/db/client.ts";
import { createTestCertificate } from "../support/certificates.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { createTestClient, fetchKeys, issueTestToken } from "../support/oidc-client.ts";

const COUNT = 3000;
const CHUNK = 500;

describeOnEveryDatabase("an organization with thousands of certificates", () => {
  let owner: Actor;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    const { id, keyPairId } = await createTestCertificate("acme-corp", "p256");
    const certificate = await database().certificate.findUniqueOrThrow({ where: { id } });
    const pair = await database().keyPair.findUniqueOrThrow({ where: { id: keyPairId } });
    for (let first = 0; first < COUNT; first += CHUNK) {
      const ids = Array.from({ length: CHUNK }, (_, index) => `copy-${first + index}`);
      await database().keyPair.createMany({ data: ids.map((copy) => ({ ...pair, id: copy, kid: copy })) });
      const rows = ids.map((copy) => ({ ...certificate, id: copy, keyPairId: copy, fingerprintSha256: copy }));
      await database().certificate.createMany({ data: rows });
    }
  }, 60_000);

  it("publishes only what signs, and finds it without going through all pairs times all certificates", async () => {
    const { id, kid } = await createTestCertificate("acme-corp", "p384", { name: "The one" });
    const client = await createTestClient(owner, { signing_cert_id: id });
    const start = performance.now();
    expect((await fetchKeys("acme-corp")).map((key) => key.kid)).toHaveLength(3);
    expect((await issueTestToken(client)).kid).toBe(kid);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("offers a hundred of them, says that there are more, and finds one by a part of its name", async () => {
    const { data, has_more } = await listSelectableCertificates(owner);
    expect(data).toHaveLength(101);
    expect(has_more).toBe(true);
    const found = await listSelectableCertificates(owner, { search: "the one" });
    expect(found.data.map(({ name }) => name)).toEqual(["Organization signing key (default)", "The one"]);
  });
});
