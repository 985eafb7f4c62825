import { beforeAll, expect, it } from "vitest";
import type { Actor } from "#lib/auth/actor.ts";
import { generateCertificate, renewCertificate } from "#lib/certificates/service.ts";
import { database } from "#lib/db/client.ts";
import { withCertificateKey } from "#lib/keys/certificate-keys.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

type Made = { id: string; actor: Actor; keyPairId: string; sealed: string };

describeOnEveryDatabase("J3, E2: the sealed key of a certificate", () => {
  let one: Made;
  let other: Made;
  let foreign: Made;

  async function make(actor: Actor, name: string): Promise<Made> {
    const input = { name, validity_days: 365, key_algorithm: "ecdsa-p256" } as const;
    const { id } = await generateCertificate(actor, { ...input, subject_alt_names: [] });
    const { keyPair } = await database().certificate.findUniqueOrThrow({ where: { id }, include: { keyPair: true } });
    return { id, actor, keyPairId: keyPair.id, sealed: keyPair.sealedPrivateKey ?? "" };
  }

  async function put(into: Made, sealedPrivateKey: string): Promise<void> {
    await database().keyPair.update({ where: { id: into.keyPairId }, data: { sealedPrivateKey } });
  }

  const open = ({ actor, keyPairId }: Made): Promise<number> =>
    withCertificateKey(actor.organizationId, keyPairId, async ({ material }) => material.privateKeyDer.length);
  const renew = ({ actor, id }: Made): Promise<unknown> => renewCertificate(actor, { id, validity_days: 30 });

  beforeAll(async () => {
    const acme = await createTestOrganization("acme");
    const globex = await createTestOrganization("globex");
    [one, other, foreign] = [await make(acme, "One"), await make(acme, "Other"), await make(globex, "Foreign")];
  });

  it("opens where it belongs", async () => {
    for (const made of [one, other, foreign]) expect(await open(made)).toBeGreaterThan(100);
  });

  it("does not open in another row of the organization, nor in one of another organization, and the others go on", async () => {
    const refusal = expect.objectContaining({ code: "seal.unreadable" });
    for (const [into, from] of [
      [other, one],
      [foreign, one],
      [one, foreign],
    ] as const) {
      await put(into, from.sealed);
      await expect(open(into)).rejects.toEqual(refusal);
      await expect(renew(into)).rejects.toEqual(refusal);
      expect(await open(from)).toBeGreaterThan(100);
      await put(into, into.sealed);
      expect(await open(into)).toBeGreaterThan(100);
    }
  });

  it("does not open with any part of it changed or taken from another one", async () => {
    const [mine, theirs] = [one.sealed.split(":"), other.sealed.split(":")];
    for (let part = 0; part < mine.length; part += 1) {
      const mixed = mine.map((text, index) => (index === part ? (theirs[part] ?? "") : text)).join(":");
      if (mixed === one.sealed) continue;
      await put(one, mixed);
      await expect(open(one)).rejects.toThrow(expect.objectContaining({ code: "seal.unreadable" }));
    }
    for (let at = 0; at < one.sealed.length; at += 7) {
      const flipped = one.sealed[at] === "A" ? "B" : "A";
      await put(one, one.sealed.slice(0, at) + flipped + one.sealed.slice(at + 1));
      await expect(open(one)).rejects.toThrow(/./);
    }
    await put(one, one.sealed);
    expect(await open(one)).toBeGreaterThan(100);
  });
});
