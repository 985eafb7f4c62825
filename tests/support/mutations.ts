// Seeded damage to pasted pairs: the same seed gives the same cases, in text and inside the DER.

/** What somebody pastes. */
export type Pasted = { privateKeyPem: string; certificatePem: string; passphrase: string | undefined };

/** Numbers and damaged pairs, in an order that only the seed decides. */
export type Mutator = {
  /** A whole number from 0 on, below the given one. */
  next: (below: number) => number;
  /** The pair with its key or its certificate damaged. */
  mutate: (pair: Pasted) => Pasted;
};

/** A generator that begins with this seed. */
export function createMutator(seed: number): Mutator {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * below);
  };

  /** Changes some octets inside the first block, and puts it together again. */
  const mutateDer = (pem: string): string =>
    pem.replace(
      /(-----BEGIN [^\n]*-----\r?\n)([A-Za-z0-9+/=\s]+)(-----END)/,
      (_all, begin: string, body: string, end: string) => {
        const der = Buffer.from(body, "base64");
        for (let changes = 1 + next(3); changes > 0 && der.length > 0; changes -= 1) {
          const at = next(4) === 0 ? next(Math.min(40, der.length)) : next(der.length);
          der[at] = [0x00, 0xff, 0x80, 0x30, (der[at] ?? 0) ^ (1 << next(8)), next(256)][next(6)] ?? 0;
        }
        const cut = next(10) === 0 ? der.subarray(0, next(der.length)) : der;
        return `${begin}${cut.toString("base64")}\n${end}`;
      },
    );

  const mutateText = (pem: string): string => {
    const at = next(pem.length + 1);
    const line = (): string => pem.split("\n")[next(pem.split("\n").length)] ?? "";
    const ends = ["-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n"];
    const pieces = ["\n", "\r", " ", "\t", "-", "=", "A", "\u00ff", ":", ...ends, line(), pem];
    const piece = pieces[next(pieces.length)] ?? "";
    return pem.slice(0, at) + piece + pem.slice(at + next(3));
  };

  const mutate = (pair: Pasted): Pasted => {
    const change = next(3) === 0 ? mutateText : mutateDer;
    return next(2) === 0
      ? { ...pair, privateKeyPem: change(pair.privateKeyPem) }
      : { ...pair, certificatePem: change(pair.certificatePem) };
  };
  return { next, mutate };
}
