import "server-only";
// A cache of what was loaded for organizations: told of changes, checked against the organization's version, bounded in age and size.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { isAppError } from "../errors.ts";
import { log } from "../log.ts";
import { EVERY_ORGANIZATION, onOrganizationChanged } from "./changes.ts";
import { within } from "./deadline.ts";
import { checkVersions, type KnownVersion, knownUntil, readKnownVersion } from "./organization-versions.ts";

const FRESH_MILLISECONDS = 1000;
const MAXIMUM_AGE_MILLISECONDS = 2000;
/** How long storage may take before what was loaded earlier is served. */
const STORAGE_BOUND_MILLISECONDS = 2000;
const MAXIMUM_ORGANIZATIONS = 20_000;
const MAXIMUM_VALUES_PER_ORGANIZATION = 5000;

type Entry<Value> = { version: KnownVersion; values: Map<string, Value | null> };

type Loaded<Value> = { value: Value | null; isLastGood: boolean };

/** When values end by themselves, and whether one that is known to be outdated is better than none. */
type Staleness<Value> = {
  /** Milliseconds since 1970; the value is loaded again from then on. */
  endOf?: (value: Value) => number;
  /** True for whatever decides about access: what was taken away must not come back because the database is out of reach. */
  isOutdatedRefused?: boolean;
};

/**
 * Values by organization and key. A hit is synchronous and touches no database; a value is never served for more than 2 s
 * after somebody else's change, or at once after one that was announced, unless the database is out of reach.
 */
export class OrganizationCache<Value> {
  readonly #entries = new LRUCache<string, Entry<Value>>(atMost(MAXIMUM_ORGANIZATIONS));
  /** What was dropped for a change, kept only to go on answering while the database is out of reach. */
  readonly #lastGood = new LRUCache<string, Entry<Value>>(atMost(MAXIMUM_ORGANIZATIONS));
  readonly #load: (organizationId: string, key: string) => Promise<Value | null>;
  readonly #endOf: ((value: Value) => number) | null;
  readonly #isOutdatedRefused: boolean;
  readonly #loading = new Map<string, Promise<Loaded<Value>>>();
  #generation = 0;

  constructor(
    load: (organizationId: string, key: string) => Promise<Value | null>,
    { endOf, isOutdatedRefused = false }: Staleness<Value> = {},
  ) {
    this.#load = load;
    this.#endOf = endOf ?? null;
    this.#isOutdatedRefused = isOutdatedRefused;
    onOrganizationChanged((organizationId) => this.#forget(organizationId));
  }

  /** The value if it is at hand and fresh; undefined means: call {@link get}. Null means: known not to exist. */
  peek(organizationId: string, key = ""): Value | null | undefined {
    const entry = this.#entries.get(organizationId);
    if (entry === undefined || !entry.version.isCurrent) return undefined;
    const age = performance.now() - knownUntil(entry.version);
    if (age > MAXIMUM_AGE_MILLISECONDS) return undefined;
    if (age > FRESH_MILLISECONDS) void checkVersions();
    const value = entry.values.get(key);
    if (this.#endOf === null || value === undefined || value === null) return value;
    return Date.now() < this.#endOf(value) ? value : undefined;
  }

  /** The value, loaded when it is not at hand. `isLastGood` marks one served because the database did not answer. */
  async get(organizationId: string, key = ""): Promise<Loaded<Value>> {
    const found = this.#find(organizationId, key);
    const lastGood = this.#findLastGood(organizationId, key);
    if (lastGood === undefined) return found;
    try {
      return await within(STORAGE_BOUND_MILLISECONDS, found);
    } catch (error) {
      if (!isAppError(error, "storage.unavailable")) throw error;
      return { value: lastGood, isLastGood: true };
    }
  }

  async #find(organizationId: string, key: string): Promise<Loaded<Value>> {
    const entry = this.#entries.get(organizationId);
    if (entry && performance.now() - knownUntil(entry.version) > MAXIMUM_AGE_MILLISECONDS) await checkVersions();
    const value = this.peek(organizationId, key);
    if (value !== undefined) return { value, isLastGood: false };
    const slot = `${this.#generation} ${organizationId} ${key}`;
    let loading = this.#loading.get(slot);
    if (!loading) {
      loading = this.#loadFresh(organizationId, key).finally(() => this.#loading.delete(slot));
      this.#loading.set(slot, loading);
    }
    return loading;
  }

  async #loadFresh(organizationId: string, key: string): Promise<Loaded<Value>> {
    try {
      const version = await readKnownVersion(organizationId);
      if (version === null) return { value: null, isLastGood: false };
      const value = await this.#load(organizationId, key);
      if (version.isCurrent) this.#keep(key, value, version);
      return { value, isLastGood: false };
    } catch (error) {
      const lastGood = this.#findLastGood(organizationId, key);
      // A refusal of our own is an answer of storage, and what was loaded before it is not good any more.
      if (isAppError(error) || lastGood === undefined) throw error;
      log().warn({ organizationId, err: error }, "storage did not answer; serving what was loaded before");
      return { value: lastGood, isLastGood: true };
    }
  }

  #findLastGood(organizationId: string, key: string): Value | undefined {
    const entry = this.#entries.peek(organizationId) ?? this.#lastGood.get(organizationId);
    return entry?.values.get(key) ?? undefined;
  }

  #keep(key: string, value: Value | null, version: KnownVersion): void {
    let entry = this.#entries.get(version.organizationId);
    if (entry?.version !== version || entry.values.size >= MAXIMUM_VALUES_PER_ORGANIZATION) {
      entry = { version, values: new Map() };
      this.#entries.set(version.organizationId, entry);
    }
    entry.values.set(key, value);
  }

  #forget(organizationId: string): void {
    this.#generation += 1;
    if (organizationId === EVERY_ORGANIZATION) {
      for (const [id, entry] of this.#entries.entries()) this.#lastGood.set(id, entry);
      this.#entries.clear();
      return;
    }
    const entry = this.#entries.peek(organizationId);
    if (this.#isOutdatedRefused) this.#lastGood.delete(organizationId);
    else if (entry) this.#lastGood.set(organizationId, entry);
    this.#entries.delete(organizationId);
  }
}
