// Turns a pasted private key and certificate chain into a checked pair, or into a refusal that says what to do.
import { verify } from "node:crypto";
import { AppError, type ErrorCode, isAppError } from "../errors.ts";
import type { KeyType } from "./algorithms.ts";
import {
  isSelfSigned,
  type ReadCertificate,
  readCertificates,
  refuseForgedSelfSignature,
  sortChain,
} from "./certificate-chain.ts";
import {
  type CertificateFacts,
  type ChainCertificateFacts,
  toCertificateFacts,
  toChainFacts,
} from "./certificate-facts.ts";
import { refuseBrokenCertificate } from "./certificate-lint.ts";
import { jwkThumbprint, type PublicJwk, toPublicJwk } from "./jwk.ts";
import { importPrivateKey, importPublicKey, type KeyPairMaterial } from "./key-pair.ts";
import { type PemBlock, splitPem } from "./pem.ts";
import { isPrivateKeyBlock, type ReadPrivateKey, readPrivateKeyBlock } from "./private-key.ts";

/** What somebody pasted, as it came. Either field may hold both. */
export type PastedPair = { privateKeyPem: string; certificatePem: string; passphrase: string | undefined };

/** A pair that was proved by a trial signature. The private half is in the clear until it is sealed. */
export type UploadedPair = {
  material: KeyPairMaterial;
  type: KeyType;
  publicJwk: PublicJwk;
  facts: CertificateFacts;
  chain: ChainCertificateFacts[];
};

const MAXIMUM_FIELD_BYTES = 64 * 1024;
const MAXIMUM_PASSPHRASE_BYTES = 1024;
const CERTIFICATE_LABELS = ["CERTIFICATE", "X509 CERTIFICATE"];
const TRIAL = Buffer.from("Signet tries a new pair");

type Field = "private_key_pem" | "certificate_pem" | "passphrase";

/**
 * Checks an upload from its size to a trial signature; nothing is stored.
 * @throws certificate.* with the field in `errors`
 */
export async function readUploadedPair(pasted: PastedPair, now: Date): Promise<UploadedPair> {
  refuseLarge(pasted);
  const keyBlocks = inField("private_key_pem", () => splitPem(pasted.privateKeyPem));
  const certificateBlocks = inField("certificate_pem", () => splitPem(pasted.certificatePem));
  const key = await inFieldLater("private_key_pem", () => readKey(keyBlocks, certificateBlocks, pasted.passphrase));
  try {
    const { leaf, chain, publicJwk } = inField("certificate_pem", () =>
      readLeafAndChain(certificateBlocks, keyBlocks, key),
    );
    const facts = inField("certificate_pem", () => judge(leaf, chain, { ...key, publicJwk }, now));
    await tryPair(key, leaf);
    return { ...key, publicJwk, facts, chain: chain.map(toChainFacts) };
  } catch (error) {
    key.material.privateKeyDer.fill(0);
    throw error;
  }
}

/** Reads the chain of a stored certificate. */
export function readStoredChain(chainPem: string): ChainCertificateFacts[] {
  return readCertificates(splitPem(chainPem).map(({ der }) => der)).map(toChainFacts);
}

/** The DER of a stored certificate. */
export function toCertificateDer(certificatePem: string): Buffer {
  return splitPem(certificatePem)[0]?.der ?? Buffer.alloc(0);
}

/** True for a stored certificate that its own key has signed. */
export function isSelfSignedPem(certificatePem: string): boolean {
  return readCertificates(splitPem(certificatePem).map(({ der }) => der)).every(isSelfSigned);
}

function refuseLarge({ privateKeyPem, certificatePem, passphrase = "" }: PastedPair): void {
  const sizes: [Field, string, number][] = [
    ["private_key_pem", privateKeyPem, MAXIMUM_FIELD_BYTES],
    ["certificate_pem", certificatePem, MAXIMUM_FIELD_BYTES],
    ["passphrase", passphrase, MAXIMUM_PASSPHRASE_BYTES],
  ];
  for (const [field, text, maximum] of sizes) {
    inField(field, () => {
      if (Buffer.byteLength(text) <= maximum) return;
      throw new AppError("certificate.too_large", `At most ${maximum} bytes can be given here.`);
    });
  }
}

async function readKey(
  keyBlocks: PemBlock[],
  otherBlocks: PemBlock[],
  passphrase: string | undefined,
): Promise<ReadPrivateKey> {
  const own = keyBlocks.filter(isPrivateKeyBlock);
  const [block, ...more] = own.length > 0 ? own : otherBlocks.filter(isPrivateKeyBlock);
  if (block === undefined) throw missing("private key", keyBlocks);
  if (more.some(({ der }) => !der.equals(block.der))) {
    throw new AppError(
      "certificate.pem_invalid",
      "There is more than one private key. Give the one of the certificate.",
    );
  }
  return readPrivateKeyBlock(block, passphrase);
}

function readLeafAndChain(
  blocks: PemBlock[],
  otherBlocks: PemBlock[],
  { material, type }: ReadPrivateKey,
): { leaf: ReadCertificate; chain: ReadCertificate[]; publicJwk: PublicJwk } {
  const isCertificate = ({ label }: PemBlock): boolean => CERTIFICATE_LABELS.includes(label);
  const own = blocks.filter(isCertificate);
  const found = own.length > 0 ? own : otherBlocks.filter(isCertificate);
  if (found.length === 0) throw missing("certificate", blocks);
  const certificates = readCertificates(found.map(({ der }) => der));
  const publicJwk = toPublicJwk(material.publicKeyDer, type.algorithm);
  const kid = jwkThumbprint(publicJwk);
  const leaf = certificates.find((certificate) => thumbprintOf(certificate, type) === kid);
  if (leaf === undefined) {
    throw inFieldOf(
      "private_key_pem",
      new AppError(
        "certificate.key_mismatch",
        "This private key does not belong to the certificate. Give the key that the certificate was requested with.",
      ),
    );
  }
  const chain = sortChain(
    leaf,
    certificates.filter((certificate) => certificate !== leaf),
  );
  return { leaf, chain, publicJwk };
}

/** The thumbprint of a certificate's key, or null when it cannot be a key of this type. */
function thumbprintOf({ parts }: ReadCertificate, { algorithm }: KeyType): string | null {
  try {
    return jwkThumbprint(toPublicJwk(parts.publicKeyDer, algorithm));
  } catch (error) {
    if (isAppError(error, "key.unacceptable")) return null;
    throw error;
  }
}

function judge(
  leaf: ReadCertificate,
  chain: ReadCertificate[],
  key: { publicJwk: PublicJwk; type: KeyType },
  now: Date,
): CertificateFacts {
  refuseBrokenCertificate(leaf.parts);
  // Nobody checks the signature of a root against anything, so an old one may stand there.
  for (const certificate of chain) if (!isSelfSigned(certificate)) refuseBrokenCertificate(certificate.parts);
  refuseForgedSelfSignature(leaf, chain);
  const { notBefore, notAfter } = leaf.parts;
  if (notAfter <= now || notAfter <= notBefore) {
    throw new AppError(
      "certificate.expired",
      `The certificate ended at ${notAfter.toISOString()}. Ask its issuer for a new one.`,
      { details: { expired_at: notAfter.toISOString() } },
    );
  }
  const facts = toCertificateFacts(leaf, chain, key);
  const ended = chain.filter(({ parts }) => parts.notAfter <= now);
  if (ended.length === 0) return facts;
  const warning = {
    code: "chain_expired",
    message: `The chain holds an expired certificate: ${ended[0]?.parts.subject.text}`,
  };
  return { ...facts, warnings: [...facts.warnings, warning] };
}

/** Proves that what the private half signs, the certificate's key verifies. */
async function tryPair({ material, type }: ReadPrivateKey, leaf: ReadCertificate): Promise<void> {
  const { algorithm } = type;
  const publicKey = importPublicKey(leaf.parts.publicKeyDer, algorithm);
  const signature = await importPrivateKey(material.privateKeyDer, algorithm)
    .sign(TRIAL)
    .catch(() => null);
  const isProved =
    signature !== null && verify(algorithm.hash, TRIAL, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature);
  if (isProved) return;
  throw inFieldOf(
    "private_key_pem",
    new AppError("certificate.key_invalid", "The private key is damaged: a trial signature failed."),
  );
}

function missing(what: "private key" | "certificate", blocks: PemBlock[]): AppError {
  const kind = what === "certificate" ? "CERTIFICATE" : "PRIVATE KEY";
  const found = blocks.length === 0 ? "" : " Only other kinds of blocks were found.";
  return new AppError(
    "certificate.pem_invalid",
    `There is no ${what} in PEM; it begins with a line BEGIN ${kind} between dashes.${found}`,
  );
}

/** Tells which field a refusal is about. */
function inField<Result>(field: Field, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw withField(field, error);
  }
}

function inFieldLater<Result>(field: Field, work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    throw withField(field, error);
  });
}

function withField(field: Field, error: unknown): unknown {
  return isAppError(error) && error.errors === undefined ? inFieldOf(field, error) : error;
}

function inFieldOf(field: Field, { code, message, details, cause }: AppError): AppError {
  const place = code === "certificate.key_encrypted" || code === "certificate.passphrase_wrong" ? "passphrase" : field;
  const known: ErrorCode = code;
  return new AppError(known, message, { details, cause, errors: [{ field: place, code, message }] });
}
