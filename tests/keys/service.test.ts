import { expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { getSigningKeyStatus, rotateSigningKey } from "#lib/keys/service.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

describeOnEveryDatabase("the signing-key service", () => {
  it("J11, G6: a rotation moves every key one slot on and publishes a new one", async () => {
    const owner = await createTestOrganization("acme-corp");
    const before = await getSigningKeyStatus(owner);
    const after = await rotateSigningKey(owner, { algorithm: "ES256" });
    expect(after.current_kid).toBe(before.next_kid);
    expect(after.prev_key?.kid).toBe(before.current_kid);
    expect(after.next_key.algorithm).toBe("ES256");
  });
  it("50 rotates at once make one rotation and 49 key.already_rotated", async () => {
    const owner = await createTestOrganization("globex");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => rotateSigningKey(owner, { algorithm: "ES256" })),
    );
    const codes = outcomes.map((outcome) => (outcome.status === "fulfilled" ? "ok" : outcome.reason.code));
    expect(codes.filter((code) => code === "ok")).toHaveLength(1);
    expect(codes.filter((code) => code === "key.already_rotated")).toHaveLength(49);
    const rows = await database().auditEvent.findMany({ where: { organizationId: "globex", action: "key.rotated" } });
    expect(rows).toHaveLength(1);
  });
});
