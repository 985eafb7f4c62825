import "server-only";
// Which key signs where no certificate does; for rooms that only name it.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import type { Transaction } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { findCurrentKey } from "./repository.ts";

/** The organization's current signing key by name. @throws key.invariant_broken when there is none */
export async function getCurrentKey(
  organizationId: string,
  transaction?: Transaction,
): Promise<{ kid: string; algorithm: SigningAlgorithm }> {
  const key = await findCurrentKey(organizationId, transaction);
  if (key === null) throw new AppError("key.invariant_broken", "The organization has no current key.");
  return key;
}
