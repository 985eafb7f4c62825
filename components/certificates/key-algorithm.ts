// The key algorithms of certificates in words, and those that can be generated here, with what they cost.
import { type KeyKind, keyKinds } from "#components/keys/algorithm-name.ts";
import type { KeyAlgorithm } from "#lib/certificates/schema.ts";

const names: Record<string, string> = {
  rsa2048: "RSA 2048",
  rsa3072: "RSA 3072",
  rsa4096: "RSA 4096",
  "ecdsa-p256": "EC P-256",
  "ecdsa-p384": "EC P-384",
  "ecdsa-p521": "EC P-521",
};

/** "RSA 4096", "EC P-256"; an uploaded RSA key may have another size. */
export function describeKeyAlgorithm(algorithm: string): string {
  return names[algorithm] ?? algorithm.replace(/^rsa(\d+)$/, "RSA $1");
}

/** An algorithm that can be generated, as a kind of key to choose. */
export type GeneratedKeyKind = KeyKind & { keyAlgorithm: KeyAlgorithm };

const generated: readonly { id: string; keyAlgorithm: KeyAlgorithm; note: string }[] = [
  { id: "rsa-4096", keyAlgorithm: "rsa4096", note: "Strongest RSA; slow to make and to sign" },
  { id: "rsa-3072", keyAlgorithm: "rsa3072", note: "128-bit security, widely understood" },
  { id: "rsa-2048", keyAlgorithm: "rsa2048", note: "Understood by every verifier" },
  { id: "ec-p256", keyAlgorithm: "ecdsa-p256", note: "Fastest, 128-bit security; few SAML products take it" },
  { id: "ec-p384", keyAlgorithm: "ecdsa-p384", note: "192-bit security; few SAML products take it" },
];

/** What can be generated, the default first. */
export const generatedKeyKinds: readonly GeneratedKeyKind[] = generated.flatMap(({ id, keyAlgorithm, note }) =>
  keyKinds.filter((kind) => kind.id === id).map((kind) => ({ ...kind, keyAlgorithm, note })),
);
