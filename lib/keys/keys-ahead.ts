import "server-only";
// Makes the signing key of a rotation while somebody still looks at the page, so that the click does not wait for it.
import { LRUCache } from "lru-cache";
import type { KeyType } from "../crypto/algorithms.ts";
import { log } from "../log.ts";
import { prepareSigningKey } from "./new-key.ts";
import type { KeyOwner, NewSigningKey } from "./repository.ts";

/** However many organizations are looked at, no more keys than these are made for rotations that may never come. */
const MAXIMUM_KEYS = 16;
const KEPT_MILLISECONDS = 10 * 60 * 1000;
/** Whoever asked first has been answered by then, and does not share a core with the work. */
const DELAY_MILLISECONDS = 250;

/** The organization that the key will be of. */
type Recipient = Pick<KeyOwner, "organizationId" | "name">;
/** A key that is being made, or will be when the delay is over or `begin` is called. */
type KeyAhead = { key: Promise<NewSigningKey | null>; begin: () => void };
type KeysAhead = LRUCache<string, KeyAhead>;

// One stock per process, not per bundle copy of this module.
const holder = globalThis as typeof globalThis & { signetKeysAhead?: KeysAhead };

/** Says that this organization may soon need a new key of this type; its private half is sealed as soon as it is made. */
export function prepareKeyAhead(owner: Recipient, type: KeyType, now: Date): void {
  const keys = keysAhead();
  keys.purgeStale();
  if (keys.size >= MAXIMUM_KEYS || keys.has(slotOf(owner, type))) return;
  keys.set(slotOf(owner, type), prepareLater(owner, type, now));
}

/** A new signing key that nobody else gets: the one made ahead, or one made now. */
export async function takeNewKey(owner: Recipient, type: KeyType, now: Date): Promise<NewSigningKey> {
  const slot = slotOf(owner, type);
  const ahead = keysAhead().get(slot);
  keysAhead().delete(slot);
  ahead?.begin();
  const key = await ahead?.key;
  return key ? { ...key, createdAt: now } : prepareSigningKey(owner, type, now);
}

function keysAhead(): KeysAhead {
  holder.signetKeysAhead ??= new LRUCache({ max: MAXIMUM_KEYS, ttl: KEPT_MILLISECONDS });
  return holder.signetKeysAhead;
}

/** The certificate inside carries the name, so a renamed organization gets a new one. */
function slotOf({ organizationId, name }: Recipient, { algorithm, rsaBits }: KeyType): string {
  return JSON.stringify([organizationId, name, algorithm.name, rsaBits]);
}

function prepareLater(owner: Recipient, type: KeyType, now: Date): KeyAhead {
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    const delay = setTimeout(resolve, DELAY_MILLISECONDS).unref();
    begin = () => {
      clearTimeout(delay);
      resolve();
    };
  });
  const key = begun
    .then(() => prepareSigningKey(owner, type, now))
    .catch((error: unknown) => {
      log().warn({ err: error }, "a signing key could not be made ahead; the rotation makes its own");
      return null;
    });
  return { key, begin };
}
