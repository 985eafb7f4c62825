import "server-only";
// A cache of what was loaded for organizations: told of changes, checked against the organization's version, bounded in age and size.
import { LRUCache } from "lru-cache";
import { isAppError } from "../errors.ts";
import { log } from "../log.ts";
import { EVERY_ORGANIZATION, onOrganizationChanged } from "./changes.ts";
import { database } from "./client.ts";
import { within } from "./deadline.ts";

const FRESH_MILLISECONDS = 1000;
/** How long due checks are gathered: with a thousand busy organizations ten queries a second instead of hundreds. */
const GATHER_MILLISECONDS = 100;
const MAXIMUM_AGE_MILLISECONDS = 2000;
/** How long storage may take before what was loaded earlier is served. */
const STORAGE_BOUND_MILLISECONDS = 2000;
const MAXIMUM_ORGANIZATIONS = 20_000;
const MAXIMUM_VALUES_PER_ORGANIZATION = 5000;
const VERSIONS_PER_QUERY = 500;

type Entry<Value> = {
  version: number;
  /** Monotonic milliseconds of the last moment at which the version was known to be this one. */
  checkedAt: number;
  isCheckRunning: boolean;
  values: Map<string, Value | null>;
};

type Loaded<Value> = { value: Value | null; isLastGood: boolean };

/**
 * Values by organization and key. A hit is synchronous and touches no database; a value is never served for more than 2 s
 * after somebody else's change, or at once after one that was announced, unless the database is out of reach.
 */
export class OrganizationCache<Value> {
  readonly #entries = new LRUCache<string, Entry<Value>>({ max: MAXIMUM_ORGANIZATIONS });
  /** What was dropped for a change, kept only to go on answering while the database is out of reach. */
  readonly #lastGood = new LRUCache<string, Entry<Value>>({ max: MAXIMUM_ORGANIZATIONS });
  readonly #load: (organizationId: string, key: string) => Promise<Value | null>;
  readonly #endOf: ((value: Value) => number) | null;
  readonly #due = new Set<string>();
  readonly #loading = new Map<string, Promise<Loaded<Value>>>();
  #generation = 0;

  /** `endOf` tells when a value ends by itself, in milliseconds since 1970; it is loaded again from then on. */
  constructor(
    load: (organizationId: string, key: string) => Promise<Value | null>,
    endOf: ((value: Value) => number) | null = null,
  ) {
    this.#load = load;
    this.#endOf = endOf;
    onOrganizationChanged((organizationId) => this.#forget(organizationId));
  }

  /** The value if it is at hand and fresh; undefined means: call {@link get}. Null means: known not to exist. */
  peek(organizationId: string, key = ""): Value | null | undefined {
    const entry = this.#entries.get(organizationId);
    if (entry === undefined) return undefined;
    const age = performance.now() - entry.checkedAt;
    if (age > MAXIMUM_AGE_MILLISECONDS) return undefined;
    if (age > FRESH_MILLISECONDS && !entry.isCheckRunning) this.#check(organizationId, entry);
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
    if (entry && performance.now() - entry.checkedAt > MAXIMUM_AGE_MILLISECONDS) await this.#checkNow([organizationId]);
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
    const generation = this.#generation;
    const startedAt = performance.now();
    try {
      const versions = await readVersions([organizationId]);
      const version = versions.get(organizationId);
      if (version === undefined) return { value: null, isLastGood: false };
      const value = await this.#load(organizationId, key);
      if (generation === this.#generation) this.#keep({ organizationId, key, value, version, startedAt });
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

  #keep(loaded: {
    organizationId: string;
    key: string;
    value: Value | null;
    version: number;
    startedAt: number;
  }): void {
    let entry = this.#entries.get(loaded.organizationId);
    if (!entry || entry.version !== loaded.version || entry.values.size >= MAXIMUM_VALUES_PER_ORGANIZATION) {
      entry = { version: loaded.version, checkedAt: loaded.startedAt, isCheckRunning: false, values: new Map() };
      this.#entries.set(loaded.organizationId, entry);
    }
    entry.values.set(loaded.key, loaded.value);
  }

  #forget(organizationId: string): void {
    this.#generation += 1;
    if (organizationId === EVERY_ORGANIZATION) {
      for (const [id, entry] of this.#entries.entries()) this.#lastGood.set(id, entry);
      this.#entries.clear();
      return;
    }
    const entry = this.#entries.peek(organizationId);
    if (entry) this.#lastGood.set(organizationId, entry);
    this.#entries.delete(organizationId);
  }

  /** Gathers the organizations whose version is due and asks for all of them in one query. */
  #check(organizationId: string, entry: Entry<Value>): void {
    entry.isCheckRunning = true;
    this.#due.add(organizationId);
    if (this.#due.size > 1) return;
    const gathered = setTimeout(() => {
      const due = [...this.#due];
      this.#due.clear();
      void this.#checkNow(due);
    }, GATHER_MILLISECONDS);
    gathered.unref();
  }

  async #checkNow(organizationIds: string[]): Promise<void> {
    const startedAt = performance.now();
    try {
      const versions = await readVersions(organizationIds);
      for (const organizationId of organizationIds) {
        const entry = this.#entries.peek(organizationId);
        if (entry?.version === versions.get(organizationId)) Object.assign(entry ?? {}, { checkedAt: startedAt });
        else if (entry) this.#forget(organizationId);
      }
    } catch (error) {
      log().warn({ err: error }, "the version check of cached organizations failed");
    } finally {
      for (const organizationId of organizationIds) {
        const entry = this.#entries.peek(organizationId);
        if (entry) entry.isCheckRunning = false;
      }
    }
  }
}

async function readVersions(organizationIds: string[]): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (let start = 0; start < organizationIds.length; start += VERSIONS_PER_QUERY) {
    const rows = await database().organization.findMany({
      where: { id: { in: organizationIds.slice(start, start + VERSIONS_PER_QUERY) } },
      select: { id: true, version: true },
    });
    for (const row of rows) versions.set(row.id, row.version);
  }
  return versions;
}
