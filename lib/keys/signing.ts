import "server-only";
// Signers for the current keys, and the public keys to verify with; both from memory, told of changes.
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { importPublicJwk, type PublicJwk } from "../crypto/jwk.ts";
import { type JwtClaims, signJws, type VerificationKey } from "../crypto/jws.ts";
import type { PublicKey } from "../crypto/key-pair.ts";
import { receiveOrganizationChanged } from "../db/changes.ts";
import { OrganizationCache } from "../db/organization-cache.ts";
import { AppError, isAppError } from "../errors.ts";
import { type HeldKey, holdKey } from "./held-keys.ts";
import { findCurrentMaterial, findLiveKeys, type SigningMaterial } from "./repository.ts";

/** What is signed: the `typ` of the header, and claims with `exp` in whole seconds since 1970. */
export type TokenContent = {
  typ: string;
  claims: JwtClaims & { exp: number };
  /** Called before another key than the signer's own signs, because that was dropped meanwhile. */
  onOtherKey?: (signer: Pick<TokenSigner, "keyPairId" | "kid">) => Promise<void> | void;
};

/** Signs with the key that was current when the signer was taken. */
export type TokenSigner = {
  keyPairId: string;
  kid: string;
  algorithm: SigningAlgorithm;
  /**
   * A signed token in compact form; the signed-until horizon of the key lies at or beyond its `exp` before it exists.
   * @throws storage.unavailable when the horizon has to move and storage does not answer
   */
  sign: (content: TokenContent) => Promise<string>;
};

const signers = new OrganizationCache<TokenSigner>(loadSigner);
const verificationKeys = new OrganizationCache<ReadonlyMap<string, VerificationKey>>(loadVerificationKeys);

/** The organization's signer if it is at hand; undefined means: call {@link getTokenSigner}. Null: no such organization. */
export function peekTokenSigner(organizationId: string): TokenSigner | null | undefined {
  return signers.peek(organizationId);
}

/**
 * The signer of the organization's current key.
 * @throws organization.not_found
 * @throws seal.unreadable seal.wrong_master_key when its private half does not open; an audit event tells of it
 */
export async function getTokenSigner(organizationId: string): Promise<TokenSigner> {
  const { value } = await signers.get(organizationId);
  if (value === null) throw noOrganization();
  return value;
}

/**
 * Every published public key of the organization by kid; a dropped key is not among them.
 * @throws organization.not_found
 */
export async function getVerificationKeys(organizationId: string): Promise<ReadonlyMap<string, VerificationKey>> {
  const { value } = await verificationKeys.get(organizationId);
  if (value === null) throw noOrganization();
  return value;
}

async function loadSigner(organizationId: string): Promise<TokenSigner | null> {
  const material = await findCurrentMaterial(organizationId);
  if (material === null) return null;
  return signerOf(organizationId, material, await holdKey(organizationId, material));
}

function signerOf(organizationId: string, material: SigningMaterial, held: HeldKey): TokenSigner {
  const { keyPairId, kid, algorithm } = material;
  return {
    keyPairId,
    kid,
    algorithm,
    sign: async (content) => {
      const { typ, claims } = content;
      const { exp } = claims;
      if (!Number.isSafeInteger(exp)) throw new AppError("internal.unexpected", "A token needs an expiry.");
      try {
        if (exp * 1000 > held.signedUntil) await held.raiseHorizon(exp * 1000);
        return await signJws({ algorithm, kid, privateKey: held.privateKey(), typ, claims });
      } catch (error) {
        if (!isAppError(error, "key.destroyed")) throw error;
        return signAnew(organizationId, keyPairId, content);
      }
    },
  };
}

/** The key was dropped while the signer was in somebody's hand: the key that is current now signs instead. */
async function signAnew(organizationId: string, destroyedId: string, content: TokenContent): Promise<string> {
  receiveOrganizationChanged(organizationId);
  const signer = await getTokenSigner(organizationId);
  if (signer.keyPairId === destroyedId) throw new AppError("key.destroyed", "The signing key was dropped meanwhile.");
  await content.onOtherKey?.(signer);
  return signer.sign(content);
}

async function loadVerificationKeys(organizationId: string): Promise<ReadonlyMap<string, VerificationKey> | null> {
  const keys = await findLiveKeys(organizationId);
  if (keys.length === 0) return null;
  return new Map(keys.map(({ kid, algorithm, publicJwk }) => [kid, toVerificationKey(algorithm, publicJwk)]));
}

/** Opened when a token names it: every change of the organization loads all keys anew, and most are never asked for. */
function toVerificationKey(algorithm: SigningAlgorithm, publicJwk: PublicJwk): VerificationKey {
  let opened: PublicKey | undefined;
  return {
    algorithm,
    get publicKey() {
      opened ??= importPublicJwk(publicJwk, ALGORITHMS[algorithm]);
      return opened;
    },
  };
}

function noOrganization(): AppError {
  return new AppError("organization.not_found", "There is no such organization.");
}
