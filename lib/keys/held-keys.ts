import "server-only";
// Private keys that are open in this process, each with its signed-until horizon; forgotten when it is dropped.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { recordAuditEvent } from "../audit/repository.ts";
import { systemActor } from "../auth/actor.ts";
import type { PrivateKey } from "../crypto/key-pair.ts";
import { onOrganizationChanged } from "../db/changes.ts";
import { appendToOrganization } from "../db/transaction.ts";
import { AppError, isAppError } from "../errors.ts";
import { log } from "../log.ts";
import { findDestroyed, raiseSignedUntil, type SigningMaterial } from "./repository.ts";
import { openPrivateKey } from "./vault.ts";

/** How far beyond a token's expiry the stored horizon is moved, so that a key pair costs one write a minute. */
const SLACK_MILLISECONDS = 60_000;
const MAXIMUM_ORGANIZATIONS = 20_000;
const QUIET_MILLISECONDS = 10 * 60_000;

/** One open private key. */
export class HeldKey {
  /** No token may be signed that expires after this; milliseconds since 1970, as storage has it. */
  signedUntil: number;
  readonly #organizationId: string;
  readonly #keyPairId: string;
  #privateKey: PrivateKey | null;
  #raising: Promise<void> | null = null;

  constructor(organizationId: string, material: SigningMaterial, privateKey: PrivateKey) {
    this.#organizationId = organizationId;
    this.#keyPairId = material.keyPairId;
    this.#privateKey = privateKey;
    this.signedUntil = material.signedUntil?.getTime() ?? 0;
  }

  /** The key itself. @throws key.destroyed once it is forgotten because it was dropped */
  privateKey(): PrivateKey {
    if (this.#privateKey === null) throw destroyed();
    return this.#privateKey;
  }

  /** True once it has been let go of; a pair that is sealed again later is opened again. */
  get isForgotten(): boolean {
    return this.#privateKey === null;
  }

  /** Lets go of the key for good. */
  forget(): void {
    this.#privateKey = null;
  }

  /** Moves the stored horizon to or beyond a moment; calls that overlap share one write. @throws key.destroyed */
  async raiseHorizon(until: number): Promise<void> {
    while (this.signedUntil < until) {
      this.#raising ??= this.#storeHorizon(until).finally(() => {
        this.#raising = null;
      });
      await this.#raising;
    }
  }

  async #storeHorizon(until: number): Promise<void> {
    const horizon = new Date(until + SLACK_MILLISECONDS);
    const stored = await raiseSignedUntil(this.#organizationId, this.#keyPairId, horizon);
    if (stored === null) {
      this.forget();
      throw destroyed();
    }
    this.signedUntil = Math.max(this.signedUntil, stored.getTime());
  }
}

/** By organization, then by key pair. A pair that is not dropped stays as long as its organization does. */
const held = new LRUCache<string, Map<string, HeldKey>>(atMost(MAXIMUM_ORGANIZATIONS));
const reported = new LRUCache<string, true>({ ...atMost(MAXIMUM_ORGANIZATIONS), ttl: QUIET_MILLISECONDS });

onOrganizationChanged((organizationId) => {
  void forgetDestroyed(organizationId).catch((error) =>
    log().warn({ err: error }, "dropped keys are not forgotten yet"),
  );
});

/**
 * The open key of a pair; opened once and shared, also after changes that leave it current.
 * @throws seal.unreadable seal.wrong_master_key after leaving an audit event
 */
export async function holdKey(organizationId: string, material: SigningMaterial): Promise<HeldKey> {
  // Not every change is announced to every process, so what was missed is made up for here.
  await forgetDestroyed(organizationId);
  const opened = held.get(organizationId)?.get(material.keyPairId);
  if (opened !== undefined && !opened.isForgotten) return opened;
  const key = new HeldKey(organizationId, material, await open(organizationId, material));
  const keys = held.get(organizationId) ?? new Map<string, HeldKey>();
  held.set(organizationId, keys.set(material.keyPairId, key));
  return key;
}

async function open(organizationId: string, material: SigningMaterial): Promise<PrivateKey> {
  const { keyPairId, sealedPrivateKey, algorithm } = material;
  try {
    return openPrivateKey({ organizationId, keyPairId }, sealedPrivateKey, algorithm);
  } catch (error) {
    if (isAppError(error)) await reportUnreadable(organizationId, material, error);
    throw error;
  }
}

/** One audit event for a row that does not open, not one for every token that somebody asks for. */
async function reportUnreadable(organizationId: string, material: SigningMaterial, error: AppError): Promise<void> {
  const { keyPairId, kid } = material;
  log().error({ err: error, organizationId, kid }, "a private key does not open");
  if (reported.has(keyPairId)) return;
  reported.set(keyPairId, true);
  const target = { type: "key", id: keyPairId, name: kid } as const;
  const event = { action: "key.unreadable", outcome: "failed", target, kid, after: { code: error.code } } as const;
  await appendToOrganization(organizationId, (transaction) =>
    recordAuditEvent(transaction, systemActor(organizationId, "vault"), event, new Date()),
  ).catch((cause) => log().error({ err: cause }, "an unreadable key was not audited"));
}

async function forgetDestroyed(organizationId: string): Promise<void> {
  const keys = held.peek(organizationId);
  if (keys === undefined || keys.size === 0) return;
  for (const id of await findDestroyed(organizationId, [...keys.keys()])) {
    keys.get(id)?.forget();
    keys.delete(id);
  }
}

function destroyed(): AppError {
  return new AppError("key.destroyed", "The private half of this key is destroyed.");
}
