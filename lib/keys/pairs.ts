import "server-only";
// The door for rooms whose key pairs stand in no slot: what is needed to keep them, and the end of their private halves.
import type { Transaction } from "../db/client.ts";
import { destroyPrivateKey, findPairState, type PairState } from "./repository.ts";

export type { PairState };

/** The horizon of a key pair and whether it still has a private half. @throws key.not_found */
export async function getPairState(
  organizationId: string,
  keyPairId: string,
  transaction?: Transaction,
): Promise<PairState> {
  return findPairState(organizationId, keyPairId, transaction);
}

/**
 * Destroys the private half of a pair for good. With `signedUntil` only while nothing that expires later was signed;
 * false means that it was, and that the decision must be taken again.
 */
export async function destroyPair(
  organizationId: string,
  keyPairId: string,
  onlyWhile: { signedUntil: Date | null } | null,
  transaction: Transaction,
): Promise<boolean> {
  return destroyPrivateKey(organizationId, keyPairId, onlyWhile, transaction);
}
