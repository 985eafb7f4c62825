// Looks at how an encrypted PKCS#8 key is encrypted before anything is decrypted: a file could ask for years of hashing.
import { AppError } from "../errors.ts";
import { DER, type DerElement, readElements, readOid, readOnly, readSmallInteger } from "./der.ts";

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
const SCRYPT = "1.3.6.1.4.1.11591.4.11";
/** About half a second of PBKDF2. */
const MAXIMUM_ITERATIONS = 1_000_000;
/** N × r × p: about half a second of scrypt. */
const MAXIMUM_SCRYPT_COST = 1 << 20;

/**
 * Refuses a key whose passphrase would take too long to try.
 * @throws certificate.pem_invalid when it is no EncryptedPrivateKeyInfo
 * @throws certificate.key_invalid when it asks for too much work
 * @see RFC 5958 section 3, RFC 8018 section 6.2, RFC 7914 section 7
 */
export function refuseCostlyEncryption(der: Buffer): void {
  const [algorithm] = readElements(readOnly(der, DER.SEQUENCE).content);
  if (costOf(algorithm) <= 1) return;
  throw new AppError(
    "certificate.key_invalid",
    "The encryption of the key asks for too many rounds of hashing. Encrypt it again with at most 1,000,000.",
  );
}

/** As a part of what is allowed. */
function costOf(algorithm: DerElement | undefined): number {
  const [type, parameters] = membersOf(algorithm);
  if (oidOf(type) !== PBES2) return (integers(parameters)[0] ?? 0) / MAXIMUM_ITERATIONS;
  const [derivation, settings] = membersOf(membersOf(parameters)[0]);
  const numbers = integers(settings);
  if (oidOf(derivation) === PBKDF2) return (numbers[0] ?? 0) / MAXIMUM_ITERATIONS;
  if (oidOf(derivation) !== SCRYPT) return 0;
  const [cost = 0, blockSize = 0, parallelization = 0] = numbers;
  return (cost * blockSize * parallelization) / MAXIMUM_SCRYPT_COST;
}

function membersOf(element: DerElement | undefined): DerElement[] {
  return element?.tag === DER.SEQUENCE ? readElements(element.content) : [];
}

function oidOf(element: DerElement | undefined): string {
  return element?.tag === DER.OID ? readOid(element.content) : "";
}

function integers(element: DerElement | undefined): number[] {
  return membersOf(element)
    .filter(({ tag }) => tag === DER.INTEGER)
    .map(({ content }) => readSmallInteger(content));
}
