// Seals small secrets with AES-256-GCM: a data key for each value, wrapped by the master key, both bound to where the value belongs.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "../errors.ts";
import { hmacSha256 } from "./digest.ts";

const FORMAT = "signet:v1";
const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MASTER_KEY_ID_BYTES = 12;

/** A master key with the id that stands in everything it sealed; the id tells nothing of the key. */
export type MasterKey = { id: string; key: Buffer };

/** Where a sealed value belongs; it opens nowhere else. */
export type SealBinding = { organizationId: string; keyPairId: string; field: string };

/** The master key of 32 bytes, with its id. */
export function toMasterKey(key: Buffer): MasterKey {
  if (key.length !== KEY_BYTES) throw new AppError("configuration.invalid", "The master key must have 32 bytes.");
  const id = hmacSha256(key, "signet master key id").subarray(0, MASTER_KEY_ID_BYTES).toString("base64url");
  return { id, key };
}

/** Seals a value: `signet:v1:<master key id>:<wrapped data key>:<value>`, both parts base64url of IV, ciphertext and tag. */
export function seal(value: Uint8Array, binding: SealBinding, masterKey: MasterKey): string {
  const dataKey = randomBytes(KEY_BYTES);
  try {
    const wrapped = encrypt(dataKey, masterKey.key, additionalData("data key", binding, masterKey.id));
    const sealed = encrypt(value, dataKey, additionalData("value", binding, masterKey.id));
    return `${FORMAT}:${masterKey.id}:${wrapped.toString("base64url")}:${sealed.toString("base64url")}`;
  } finally {
    dataKey.fill(0);
  }
}

/**
 * Opens a sealed value in the place it was sealed for.
 * @throws seal.wrong_master_key when it names a master key that is not at hand
 * @throws seal.unreadable when it was changed, moved, or is no sealed value
 */
export function unseal(sealed: string, binding: SealBinding, masterKeys: readonly MasterKey[]): Buffer {
  const [name, version, masterKeyId, wrapped, value, ...rest] = sealed.split(":");
  if (`${name}:${version}` !== FORMAT || wrapped === undefined || value === undefined || rest.length > 0) {
    throw new AppError("seal.unreadable", "This is not a sealed value of a known version.");
  }
  const masterKey = masterKeys.find((candidate) => candidate.id === masterKeyId);
  if (masterKey === undefined) {
    throw new AppError("seal.wrong_master_key", "The value was sealed under a master key that is not at hand.");
  }
  try {
    const dataKey = decrypt(wrapped, masterKey.key, additionalData("data key", binding, masterKey.id));
    try {
      return decrypt(value, dataKey, additionalData("value", binding, masterKey.id));
    } finally {
      dataKey.fill(0);
    }
  } catch (error) {
    throw new AppError("seal.unreadable", "The sealed value was changed or belongs somewhere else.", { cause: error });
  }
}

/** What every value sealed under a master key begins with. */
export function sealedPrefixOf(masterKey: MasterKey): string {
  return `${FORMAT}:${masterKey.id}:`;
}

function additionalData(part: "data key" | "value", binding: SealBinding, masterKeyId: string): Buffer {
  const { organizationId, keyPairId, field } = binding;
  return Buffer.from(JSON.stringify([FORMAT, part, organizationId, keyPairId, field, masterKeyId]));
}

function encrypt(value: Uint8Array, key: Buffer, additional: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(additional);
  return Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(text: string, key: Buffer, additional: Buffer): Buffer {
  const box = Buffer.from(text, "base64url");
  if (box.toString("base64url") !== text || box.length < IV_BYTES + TAG_BYTES) throw new Error("malformed box");
  const decipher = createDecipheriv(CIPHER, key, box.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(additional)
    .setAuthTag(box.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(box.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}
