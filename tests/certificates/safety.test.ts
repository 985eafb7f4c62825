import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseShownCertificate, publishedUntil, STRAGGLER_MILLISECONDS } from "#lib/certificates/publication.ts";
import { type DeletionFacts, decideDeletion } from "#lib/certificates/safety.ts";

const NOW = new Date("2026-11-22T12:00:00.000Z");
const FREE: DeletionFacts = {
  assignees: [],
  notAfter: later(86_400),
  hasTwin: false,
  signedUntil: null,
  unassignedAt: null,
  maxTokenExpirySecs: 3600,
};
const PLAIN = { isReassigned: false, isForced: false };

function later(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

describe("when a certificate can be deleted", () => {
  it.each([
    ["it never signed", {}, "delete", 0],
    ["it never signed, though it was in use until now", { unassignedAt: NOW }, "delete", 0],
    ["the last token ends later", { signedUntil: later(100), unassignedAt: later(-7200) }, "not_safe", 100],
    [
      "the last use plus the longest expiry is later",
      { signedUntil: later(100), unassignedAt: later(-60) },
      "not_safe",
      3540,
    ],
    ["both have passed", { signedUntil: later(-1), unassignedAt: later(-3600) }, "delete", 0],
    ["another certificate keeps the key pair", { signedUntil: later(100), hasTwin: true }, "delete", 0],
    ["an application uses it", { assignees: [{ protocol: "saml" }] }, "in_use", 0],
  ] as const)("%s", (_why, facts, outcome, seconds) => {
    const decision = decideDeletion({ ...FREE, ...facts }, PLAIN, NOW);
    expect(decision).toMatchObject({ outcome, safety: { secondsUntilSafe: seconds } });
  });

  it("moving the applications away counts as the last use, unless the certificate had ended before", () => {
    const used = { ...FREE, assignees: [{ protocol: "oidc" }] as const, signedUntil: later(10) };
    const request = { isReassigned: true, isForced: false };
    expect(decideDeletion(used, request, NOW)).toMatchObject({
      outcome: "not_safe",
      safety: { secondsUntilSafe: 3600 },
    });
    const ended = { ...used, notAfter: later(-3000) };
    expect(decideDeletion(ended, request, NOW)).toMatchObject({
      outcome: "not_safe",
      safety: { secondsUntilSafe: 600 },
    });
    expect(decideDeletion(ended, request, later(600)).outcome).toBe("delete");
  });

  it("force overrides the wait, never the applications", () => {
    const used = { ...FREE, assignees: [{ protocol: "oidc" }] as const, signedUntil: later(10) };
    expect(decideDeletion(used, { isReassigned: false, isForced: true }, NOW).outcome).toBe("in_use");
    expect(decideDeletion(used, { isReassigned: true, isForced: true }, NOW).outcome).toBe("delete");
  });
});

describe("until when the key of a certificate is published", () => {
  const moment = fc.option(fc.date({ min: later(-86_400), max: later(86_400), noInvalidDate: true }), { nil: null });
  const certificates = fc.array(
    fc.record({
      certificatePem: fc.constant(""),
      chainPem: fc.constant(""),
      notAfter: fc.date({ min: later(-86_400), max: later(86_400), noInvalidDate: true }),
      isAssigned: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it("K3: never before its last token has ended, nor while a certificate of it can be chosen", () => {
    fc.assert(
      fc.property(moment, moment, certificates, (signedUntil, unassignedAt, all) => {
        const pair = { kid: "", algorithm: "ES256", publicJwk: { kty: "RSA", n: "", e: "" } } as const;
        const until = publishedUntil({ ...pair, signedUntil, unassignedAt, certificates: all }).getTime();
        expect(until).toBeGreaterThanOrEqual(signedUntil?.getTime() ?? 0);
        if (unassignedAt) expect(until).toBeGreaterThanOrEqual(unassignedAt.getTime() + STRAGGLER_MILLISECONDS);
        for (const { isAssigned, notAfter } of all) {
          if (isAssigned) expect(until).toBeGreaterThan(notAfter.getTime());
        }
        if (signedUntil === null && unassignedAt === null && all.every(({ isAssigned }) => !isAssigned)) {
          expect(until).toBe(0);
        }
      }),
    );
  });

  it("shows a certificate that is assigned before one that only lasts longer", () => {
    const one = { certificatePem: "one", chainPem: "", notAfter: later(10), isAssigned: true };
    const other = { ...one, certificatePem: "other", notAfter: later(99), isAssigned: false };
    expect(chooseShownCertificate([other, one])).toBe(one);
    expect(chooseShownCertificate([{ ...one, isAssigned: false }, other])).toBe(other);
    expect(chooseShownCertificate([])).toBeNull();
  });
});
