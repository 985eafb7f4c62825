// What a signing key is, in which slots the keys of an organization stand, and the invariant that always holds.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import type { PublicJwk } from "../crypto/jwk.ts";
import { AppError } from "../errors.ts";

/** The slots of PRODUCT.md section 1. */
export type SigningKeyState = "next" | "current" | "previous" | "dropped";

/** A key pair in one of the organization's slots; never its private half. */
export type SigningKey = {
  id: string;
  keyPairId: string;
  kid: string;
  algorithm: SigningAlgorithm;
  rsaBits: number | null;
  publicJwk: PublicJwk;
  state: SigningKeyState;
  createdAt: Date;
  publishedAt: Date;
  /** The last moment at which a verifier can have fetched a JWKS without this key; null when nobody had fetched one. */
  fetchedBeforeAt: Date | null;
  activatedAt: Date | null;
  rotatedAt: Date | null;
  droppedAt: Date | null;
  /** No token signed with it expires later; null when it never signed. */
  signedUntil: Date | null;
  /** The self-signed certificate over it, PEM. */
  certificatePem: string;
};

/** A key in the slot that signs. */
export type CurrentKey = SigningKey & { state: "current"; activatedAt: Date };
/** A key in the queue. */
export type NextKey = SigningKey & { state: "next" };
/** A key that was rotated out and still verifies. */
export type PreviousKey = SigningKey & { state: "previous"; activatedAt: Date; rotatedAt: Date };

/** The live keys of an organization by slot; previous ones with the latest rotation first. */
export type Slots = { current: CurrentKey; next: NextKey; previous: PreviousKey[] };

/**
 * Sorts the live keys of an organization into their slots.
 * @throws key.invariant_broken unless there is exactly one current and one next key, each with the times of its state
 */
export function toSlots(keys: readonly SigningKey[]): Slots {
  const current = keys.filter((key): key is CurrentKey => key.state === "current" && key.activatedAt !== null);
  const next = keys.filter((key): key is NextKey => key.state === "next");
  const previous = keys.filter(
    (key): key is PreviousKey => key.state === "previous" && key.activatedAt !== null && key.rotatedAt !== null,
  );
  const live = keys.filter((key) => key.state !== "dropped");
  const [onlyCurrent, onlyNext] = [current[0], next[0]];
  const isWhole = current.length === 1 && next.length === 1 && live.length === 2 + previous.length;
  if (!isWhole || onlyCurrent === undefined || onlyNext === undefined) {
    throw new AppError("key.invariant_broken", "The organization does not have exactly one current and one next key.", {
      details: { current_keys: current.length, next_keys: next.length },
    });
  }
  const latestFirst = (one: PreviousKey, other: PreviousKey): number =>
    other.rotatedAt.getTime() - one.rotatedAt.getTime() || other.activatedAt.getTime() - one.activatedAt.getTime();
  return { current: onlyCurrent, next: onlyNext, previous: previous.sort(latestFirst) };
}
