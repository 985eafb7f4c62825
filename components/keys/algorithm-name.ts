// Says in words what an algorithm name means, and what the choices cost.

/** One kind of key that can sign, with its cost. */
export type KeyKind = {
  /** Stable name of the choice. */
  id: string;
  label: string;
  rsaBits: number | null;
  /** The algorithms that such a key can sign with, the usual one first. */
  algorithms: readonly string[];
  /** Signatures a second on one core, measured with node:crypto. */
  signaturesPerSecond: number;
  note: string;
};

const rsaAlgorithms = ["RS256", "RS384", "RS512"] as const;

/** The kinds of keys in the order in which they are offered. */
export const keyKinds: readonly KeyKind[] = [
  {
    id: "rsa-2048",
    label: "RSA 2048",
    rsaBits: 2048,
    algorithms: rsaAlgorithms,
    signaturesPerSecond: 2900,
    note: "Understood by every verifier",
  },
  {
    id: "rsa-3072",
    label: "RSA 3072",
    rsaBits: 3072,
    algorithms: rsaAlgorithms,
    signaturesPerSecond: 505,
    note: "128-bit security, widely understood",
  },
  {
    id: "rsa-4096",
    label: "RSA 4096",
    rsaBits: 4096,
    algorithms: rsaAlgorithms,
    signaturesPerSecond: 224,
    note: "Slowest; only where a rule demands it",
  },
  {
    id: "ec-p256",
    label: "EC P-256",
    rsaBits: null,
    algorithms: ["ES256"],
    signaturesPerSecond: 41_000,
    note: "Fastest, short tokens, 128-bit security",
  },
  {
    id: "ec-p384",
    label: "EC P-384",
    rsaBits: null,
    algorithms: ["ES384"],
    signaturesPerSecond: 1330,
    note: "192-bit security, short tokens",
  },
  {
    id: "ec-p521",
    label: "EC P-521",
    rsaBits: null,
    algorithms: ["ES512"],
    signaturesPerSecond: 500,
    note: "256-bit security, less widely understood",
  },
];

/** The kind of key behind an algorithm name and RSA size; RSA 2048 when unknown. */
export function findKeyKind(algorithm: string, rsaBits: number | null): KeyKind {
  const found = keyKinds.find((kind) => kind.algorithms.includes(algorithm) && kind.rsaBits === rsaBits);
  return found ?? keyKinds.find((kind) => kind.algorithms.includes(algorithm)) ?? (keyKinds[0] as KeyKind);
}

/** "RS256 · RSA 2048", "ES256 · EC P-256". */
export function describeAlgorithm(algorithm: string, rsaBits: number | null): string {
  if (rsaBits !== null) return `${algorithm} · RSA ${rsaBits}`;
  const kind = keyKinds.find((candidate) => candidate.algorithms.includes(algorithm) && candidate.rsaBits === null);
  return kind === undefined ? algorithm : `${algorithm} · ${kind.label}`;
}
