// Decrypts PKCS#8 keys on the thread pool: node:crypto itself would hash for up to half a second on the event loop.
import { createDecipheriv, pbkdf2, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { AppError } from "../errors.ts";
import { DER, type DerElement, readElements, readOnly } from "./der.ts";
import { ENCRYPTION_OIDS, integersOf, membersOf, oidOf } from "./encrypted-key.ts";

const CIPHERS: Readonly<Record<string, { name: string; keyBytes: number }>> = {
  "2.16.840.1.101.3.4.1.2": { name: "aes-128-cbc", keyBytes: 16 },
  "2.16.840.1.101.3.4.1.22": { name: "aes-192-cbc", keyBytes: 24 },
  "2.16.840.1.101.3.4.1.42": { name: "aes-256-cbc", keyBytes: 32 },
  "1.2.840.113549.3.7": { name: "des-ede3-cbc", keyBytes: 24 },
};
/** RFC 8018 section A.2: what PBKDF2 hashes with unless it says so. */
const DEFAULT_PRF = "1.2.840.113549.2.7";
const PRF_HASHES: Readonly<Record<string, string>> = {
  [DEFAULT_PRF]: "sha1",
  "1.2.840.113549.2.8": "sha224",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

type Derivation = (passphrase: string, keyBytes: number) => Promise<Buffer>;

/**
 * The PKCS#8 DER in the clear, for PBES2 with PBKDF2 or scrypt and AES-CBC or Triple DES, or null when the key is encrypted
 * in another way. What it costs must have been checked before.
 * @throws certificate.passphrase_wrong certificate.key_invalid certificate.pem_invalid
 * @see RFC 8018 section 6.2, RFC 7914 section 7
 */
export async function decryptPkcs8(der: Buffer, passphrase: string): Promise<Buffer | null> {
  const [algorithm, encrypted] = readElements(readOnly(der, DER.SEQUENCE).content);
  const [scheme, parameters] = membersOf(algorithm);
  if (oidOf(scheme) !== ENCRYPTION_OIDS.pbes2 || encrypted?.tag !== DER.OCTET_STRING) return null;
  const [derivation, encryption] = membersOf(parameters);
  const [cipherId, iv] = membersOf(encryption);
  const cipher = CIPHERS[oidOf(cipherId)];
  const derive = readDerivation(derivation, cipher?.keyBytes ?? 0);
  if (cipher === undefined || derive === null || iv?.tag !== DER.OCTET_STRING) return null;
  const key = await derive(passphrase, cipher.keyBytes).catch((cause: unknown) => {
    throw new AppError("certificate.key_invalid", "The settings of the key's encryption are not valid.", { cause });
  });
  try {
    const decipher = createDecipheriv(cipher.name, key, iv.content);
    return Buffer.concat([decipher.update(encrypted.content), decipher.final()]);
  } catch (cause) {
    throw new AppError("certificate.passphrase_wrong", "The passphrase does not open the private key.", { cause });
  } finally {
    key.fill(0);
  }
}

/** Null for a derivation that is not here, or for a key of another length than the cipher takes. */
function readDerivation(element: DerElement | undefined, keyBytes: number): Derivation | null {
  const [id, settings] = membersOf(element);
  const [salt, ...rest] = membersOf(settings);
  if (salt?.tag !== DER.OCTET_STRING) return null;
  const numbers = integersOf(rest);
  if (oidOf(id) === ENCRYPTION_OIDS.pbkdf2) {
    const [iterations = 0, length = keyBytes] = numbers;
    const prf = rest.find(({ tag }) => tag === DER.SEQUENCE);
    const hash = PRF_HASHES[prf === undefined ? DEFAULT_PRF : oidOf(membersOf(prf)[0])];
    if (hash === undefined || length !== keyBytes) return null;
    return async (passphrase, bytes) => promisify(pbkdf2)(passphrase, salt.content, iterations, bytes, hash);
  }
  const [cost = 0, blockSize = 0, parallelization = 0, length = keyBytes] = numbers;
  if (oidOf(id) !== ENCRYPTION_OIDS.scrypt || length !== keyBytes) return null;
  return (passphrase, bytes) =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, key: Buffer): void => (error ? reject(error) : resolve(key));
      scrypt(passphrase, salt.content, bytes, { cost, blockSize, parallelization }, done);
    });
}
