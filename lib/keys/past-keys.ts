import "server-only";
// The public keys of an organization's whole history, for tokens that are a memory and no longer a proof of anything.
import { ALGORITHMS } from "../crypto/algorithms.ts";
import { importPublicJwk } from "../crypto/jwk.ts";
import type { VerificationKey } from "../crypto/jws.ts";
import { findPublicKey } from "./repository.ts";

/** A kid is a thumbprint, or what somebody called an imported key; nothing longer is looked for. */
const MAXIMUM_KID_CHARACTERS = 200;

/** The key with this kid whatever became of it, or null: rotated out, dropped, or of a certificate that was deleted. */
export async function findPastKey(organizationId: string, kid: string): Promise<VerificationKey | null> {
  if (kid.length > MAXIMUM_KID_CHARACTERS || kid.includes("\0")) return null;
  const found = await findPublicKey(organizationId, kid);
  if (found === null) return null;
  const { algorithm, publicJwk } = found;
  return { algorithm, publicKey: importPublicJwk(publicJwk, ALGORITHMS[algorithm]) };
}
