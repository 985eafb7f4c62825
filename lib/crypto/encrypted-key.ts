// Looks at how an encrypted PKCS#8 key is encrypted before anything is decrypted: a file could ask for years of hashing.
import { AppError } from "../errors.ts";
import { DER, type DerElement, readElements, readOid, readOnly, readSmallInteger } from "./der.ts";

/** How PKCS#8 keys are encrypted nowadays, by object identifier. @see RFC 8018 appendix A, RFC 7914 section 7 */
export const ENCRYPTION_OIDS = {
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  scrypt: "1.3.6.1.4.1.11591.4.11",
} as const;
/** Rounds of hashing that a key may ask for: about half a second on the thread pool, a few hundredths on the event loop. */
export const MAXIMUM_ROUNDS = { onThreadPool: 1_000_000, onEventLoop: 100_000 } as const;
/** N × r × p of scrypt that takes about as long as one round of PBKDF2. */
const SCRYPT_COST_OF_A_ROUND = 2 ** 20 / MAXIMUM_ROUNDS.onThreadPool;

/**
 * Refuses a key whose passphrase would take too long to try.
 * @throws certificate.pem_invalid when it is no EncryptedPrivateKeyInfo
 * @throws certificate.key_invalid when it asks for more rounds
 * @see RFC 5958 section 3, RFC 8018 section 6.2, RFC 7914 section 7
 */
export function refuseCostlyEncryption(der: Buffer, maximumRounds: number): void {
  const [algorithm] = readElements(readOnly(der, DER.SEQUENCE).content);
  if (roundsOf(algorithm) <= maximumRounds) return;
  throw new AppError(
    "certificate.key_invalid",
    `The encryption of the key asks for too many rounds of hashing. Encrypt it again with at most ${maximumRounds.toLocaleString("en")}: openssl pkcs8 -topk8 -v2 aes256.`,
  );
}

/** The members of a SEQUENCE; none for anything else. */
export function membersOf(element: DerElement | undefined): DerElement[] {
  return element?.tag === DER.SEQUENCE ? readElements(element.content) : [];
}

/** The dotted text of an OBJECT IDENTIFIER; empty for anything else. */
export function oidOf(element: DerElement | undefined): string {
  return element?.tag === DER.OID ? readOid(element.content) : "";
}

/** The INTEGERs among some elements, at most 2^48 each, else infinity. */
export function integersOf(elements: readonly DerElement[]): number[] {
  return elements.filter(({ tag }) => tag === DER.INTEGER).map(({ content }) => readSmallInteger(content));
}

function roundsOf(algorithm: DerElement | undefined): number {
  const [type, parameters] = membersOf(algorithm);
  if (oidOf(type) !== ENCRYPTION_OIDS.pbes2) return integersOf(membersOf(parameters))[0] ?? 0;
  const [derivation, settings] = membersOf(membersOf(parameters)[0]);
  const numbers = integersOf(membersOf(settings));
  if (oidOf(derivation) === ENCRYPTION_OIDS.pbkdf2) return numbers[0] ?? 0;
  if (oidOf(derivation) !== ENCRYPTION_OIDS.scrypt) return 0;
  const [cost = 0, blockSize = 0, parallelization = 0] = numbers;
  return (cost * blockSize * parallelization) / SCRYPT_COST_OF_A_ROUND;
}
