import "server-only";
// Signers for the current keys and for those of certificates, and the public keys to verify with; all from memory, told of changes.
import { listPublishedCertificateKeys, nextDeparture } from "../certificates/published.ts";
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { importPublicJwk, type PublicJwk } from "../crypto/jwk.ts";
import { type JwtClaims, signJws, type VerificationKey } from "../crypto/jws.ts";
import type { PublicKey } from "../crypto/key-pair.ts";
import { receiveOrganizationChanged } from "../db/changes.ts";
import { OrganizationCache } from "../db/organization-cache.ts";
import { AppError, isAppError } from "../errors.ts";
import { type HeldKey, holdKey } from "./held-keys.ts";
import { findCurrentMaterial, findLiveKeys, findMaterial, type SigningMaterial } from "./repository.ts";
import { takeSigningTurn } from "./signing-turns.ts";

/** What is signed: the `typ` of the header, and claims with `exp` in whole seconds since 1970. */
export type TokenContent = {
  typ: string;
  claims: JwtClaims & { exp: number };
  /** Called before another key than the signer's own signs, because that was dropped meanwhile. */
  onOtherKey?: (signer: Pick<TokenSigner, "keyPairId" | "kid">) => Promise<void> | void;
};

/** Signs with the key that was current, or that of the certificate, when the signer was taken. */
export type TokenSigner = {
  keyPairId: string;
  kid: string;
  algorithm: SigningAlgorithm;
  /**
   * A signed token in compact form; the signed-until horizon of the key lies at or beyond its `exp` before it exists.
   * @throws storage.unavailable when the horizon has to move and storage does not answer
   * @throws request.too_many when too many signatures of the organization wait already
   */
  sign: (content: TokenContent) => Promise<string>;
};

/** Public keys by kid; one of them may have to go at `changesAt`, milliseconds since 1970. */
type VerificationKeys = { byKid: ReadonlyMap<string, VerificationKey>; changesAt: number };

/** Stands for the key that signs where no certificate does. */
const CURRENT = "";

const signers = new OrganizationCache<TokenSigner>(loadSigner);
const verificationKeys = new OrganizationCache<VerificationKeys>(loadVerificationKeys, {
  endOf: ({ changesAt }) => changesAt,
  isOutdatedRefused: true,
});

/**
 * A signer if it is at hand; undefined means: call {@link getTokenSigner}. Null: no such organization or key pair. Which
 * certificate signs now is the caller's decision for every token; a signer does not know when its certificate ends.
 */
export function peekTokenSigner(organizationId: string, keyPairId: string = CURRENT): TokenSigner | null | undefined {
  return signers.peek(organizationId, keyPairId);
}

/**
 * The signer of a certificate's key pair, or of the organization's current key: without `keyPairId`, and when the private
 * half of that pair has just been destroyed.
 * @throws organization.not_found
 * @throws seal.unreadable seal.wrong_master_key when its private half does not open; an audit event tells of it
 */
export async function getTokenSigner(organizationId: string, keyPairId: string = CURRENT): Promise<TokenSigner> {
  const { value } = await signers.get(organizationId, keyPairId);
  if (value !== null) return value;
  if (keyPairId === CURRENT) throw noOrganization();
  return getTokenSigner(organizationId);
}

/**
 * The published public keys if they are at hand; undefined means: call {@link getVerificationKeys}. A key is the same
 * object for as long as nothing of the organization has changed.
 */
export function peekVerificationKeys(organizationId: string): ReadonlyMap<string, VerificationKey> | undefined {
  return verificationKeys.peek(organizationId)?.byKid;
}

/**
 * Every published public key of the organization by kid; a dropped key is not among them.
 * @throws organization.not_found
 */
export async function getVerificationKeys(organizationId: string): Promise<ReadonlyMap<string, VerificationKey>> {
  return (await loadedVerificationKeys(organizationId)).byKid;
}

/**
 * The algorithms of the published keys, and when they may change by themselves, in milliseconds since 1970.
 * @throws organization.not_found
 */
export async function getPublishedAlgorithms(
  organizationId: string,
): Promise<{ algorithms: SigningAlgorithm[]; changesAt: number }> {
  const { byKid, changesAt } = await loadedVerificationKeys(organizationId);
  return { algorithms: [...byKid.values()].map(({ algorithm }) => algorithm), changesAt };
}

async function loadedVerificationKeys(organizationId: string): Promise<VerificationKeys> {
  const { value } = await verificationKeys.get(organizationId);
  if (value === null) throw noOrganization();
  return value;
}

async function loadSigner(organizationId: string, keyPairId: string): Promise<TokenSigner | null> {
  const material =
    keyPairId === CURRENT ? await findCurrentMaterial(organizationId) : await findMaterial(organizationId, keyPairId);
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
        return await takeSigningTurn(organizationId, held.privateKey().signingCost, () =>
          signJws({ algorithm, kid, privateKey: held.privateKey(), typ, claims }),
        );
      } catch (error) {
        if (!isAppError(error, "key.destroyed")) throw error;
        return signAnew(organizationId, keyPairId, content);
      }
    },
  };
}

/** The key was destroyed while the signer was in somebody's hand: the key that is current now signs instead. */
async function signAnew(organizationId: string, destroyedId: string, content: TokenContent): Promise<string> {
  receiveOrganizationChanged(organizationId);
  const signer = await getTokenSigner(organizationId);
  if (signer.keyPairId === destroyedId) throw new AppError("key.destroyed", "The signing key was dropped meanwhile.");
  await content.onOtherKey?.(signer);
  return signer.sign(content);
}

async function loadVerificationKeys(organizationId: string): Promise<VerificationKeys | null> {
  const keys = await findLiveKeys(organizationId);
  if (keys.length === 0) return null;
  const ofCertificates = await listPublishedCertificateKeys(organizationId);
  const byKid = new Map(
    [...ofCertificates, ...keys].map(({ kid, algorithm, publicJwk }) => [kid, toVerificationKey(algorithm, publicJwk)]),
  );
  return { byKid, changesAt: nextDeparture(ofCertificates) };
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
