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
import { checkInput } from "#lib/http/input.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

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
});
