import { expect, it } from "vitest";
import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { listSelectableCertificates } from "#lib/certificates/assignment.ts";
import { generateCertificateSchema, listCertificatesSchema } from "#lib/certificates/schema.ts";
import {
  countExpiring,
  deleteCertificate,
  generateCertificate,
  getCertificate,
  listCertificates,
  renewCertificate,
} from "#lib/certificates/service.ts";
import type { CertificateView } from "#lib/certificates/view.ts";
import { database } from "#lib/db/client.ts";
import { checkInput } from "#lib/http/input.ts";
import { createTestCertificate } from "../support/certificates.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { createTestClient } from "../support/oidc-client.ts";

const FAST = { key_algorithm: "ecdsa-p256" } as const;

function generate(actor: Actor, given: z.input<typeof generateCertificateSchema>): Promise<CertificateView> {
  return generateCertificate(actor, checkInput(generateCertificateSchema, given));
}

describeOnEveryDatabase("certificates that were replaced", () => {
  it("a renewed certificate names its successor in list, details and dropdown, and is counted as ending no more", async () => {
    const actor = await createTestOrganization("renewals");
    const old = await generate(actor, { name: "Twice", ...FAST, validity_days: 10 });
    expect(old.replaced_by).toBeNull();
    expect(await countExpiring(actor)).toEqual({ expiring: 1, expired: 0 });
    const { renewed } = await renewCertificate(actor, { id: old.id, validity_days: 400 });
    const replacement = { id: renewed?.id, name: "Twice", expires_at: renewed?.expires_at };
    expect((await getCertificate(actor, old.id)).replaced_by).toEqual(replacement);
    expect(renewed?.replaced_by).toBeNull();
    const { data } = await listCertificates(actor, checkInput(listCertificatesSchema, { sort: "expires_at" }));
    expect(data.map(({ replaced_by: by }) => by?.id ?? null)).toEqual([renewed?.id, null]);
    const choices = (await listSelectableCertificates(actor)).data.slice(1);
    expect(choices.map(({ id, replaced_by: by }) => [id, by?.id ?? null])).toEqual([
      [renewed?.id, null],
      [old.id, renewed?.id],
    ]);
    expect(await countExpiring(actor)).toEqual({ expiring: 0, expired: 0 });
    await deleteCertificate(actor, { id: renewed?.id ?? "" });
    expect((await getCertificate(actor, old.id)).replaced_by).toBeNull();
    expect(await countExpiring(actor)).toEqual({ expiring: 1, expired: 0 });
  });

  it("counts by the whole chain: a deleted link between does not bring the first one back, the end of the chain does", async () => {
    const actor = await createTestOrganization("chains");
    const first = await generate(actor, { name: "Chain", ...FAST, validity_days: 10 });
    const { renewed: second } = await renewCertificate(actor, { id: first.id, validity_days: 400 });
    const { renewed: third } = await renewCertificate(actor, { id: second?.id ?? "", validity_days: 500 });
    const after = new Date(Date.now() + 20 * 86_400_000);
    await deleteCertificate(actor, { id: second?.id ?? "" });
    expect((await getCertificate(actor, first.id)).replaced_by?.id).toBe(third?.id);
    expect(await countExpiring(actor)).toEqual({ expiring: 0, expired: 0 });
    expect(await countExpiring(actor, after)).toEqual({ expiring: 0, expired: 0 });
    await deleteCertificate(actor, { id: third?.id ?? "" });
    expect((await getCertificate(actor, first.id)).replaced_by).toBeNull();
    expect(await countExpiring(actor)).toEqual({ expiring: 1, expired: 0 });
    expect(await countExpiring(actor, after)).toEqual({ expiring: 0, expired: 1 });
    // One that is used counts, whatever renewed it.
    const { renewed: fourth } = await renewCertificate(actor, { id: first.id, validity_days: 400 });
    expect(await countExpiring(actor)).toEqual({ expiring: 0, expired: 0 });
    await createTestClient(actor, { signing_cert_id: first.id });
    expect((await getCertificate(actor, first.id)).replaced_by?.id).toBe(fourth?.id);
    expect(await countExpiring(actor)).toEqual({ expiring: 1, expired: 0 });
  });

  it("rows of one name come newest first, up and down the list, and a cursor between them leaves none out", async () => {
    const actor = await createTestOrganization("namesakes");
    for (const [index, name] of ["b", "a", "B", "b", "c", "b", "b"].entries()) {
      // Two of them in the same millisecond.
      const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, Math.min(index, 5)));
      const { id } = await createTestCertificate("namesakes", "p256", { name });
      await database().certificate.update({ where: { id }, data: { createdAt } });
    }
    const walk = async (sort: "name" | "-name"): Promise<string[]> => {
      const seen: { id: string; text: string }[] = [];
      let cursor: string | undefined;
      do {
        const page = await listCertificates(actor, {
          ...checkInput(listCertificatesSchema, { limit: "1", sort }),
          ...(cursor === undefined ? {} : { cursor }),
        });
        seen.push(...page.data.map((row) => ({ id: row.id, text: `${row.name}${row.created_at.slice(17, 19)}` })));
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      return seen.map(({ text }) => text);
    };
    const namesakes = ["b05", "b05", "b03", "B02", "b00"];
    expect(await walk("name")).toEqual(["a01", ...namesakes, "c04"]);
    expect(await walk("-name")).toEqual(["c04", ...namesakes, "a01"]);
  });

  it("a cursor of another list, or one made by hand, is refused", async () => {
    const actor = await createTestOrganization("cursors");
    for (const name of ["x y", "x z"]) await createTestCertificate("cursors", "p256", { name });
    const ask = (sort: string, cursor: string) =>
      listCertificates(actor, checkInput(listCertificatesSchema, { limit: "1", sort, cursor }));
    const byName =
      (await listCertificates(actor, checkInput(listCertificatesSchema, { limit: "1" }))).next_cursor ?? "";
    expect((await ask("name", byName)).data.map(({ name }) => name)).toEqual(["x z"]);
    const forge = (value: string): string => Buffer.from(JSON.stringify([value, "id"])).toString("base64url");
    const refusal = { code: "request.invalid", errors: [{ field: "cursor", code: "unknown_cursor" }] };
    for (const cursor of [
      forge("x y"),
      forge("x"),
      forge("1950-01-01T00:00:00.000Z x"),
      forge("2026-01-01T00:00:00.000Z"),
    ]) {
      await expect(ask("name", cursor)).rejects.toMatchObject(refusal);
    }
    await expect(ask("expires_at", byName)).rejects.toMatchObject(refusal);
  });
});
