import "server-only";
// Knows which version of each organization this process has loaded, and since when that is certain: one query for all.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { log } from "../log.ts";
import { EVERY_ORGANIZATION, onOrganizationChanged, receiveOrganizationChanged } from "./changes.ts";
import { joinSql, sql } from "./client.ts";
import { readRows } from "./statements.ts";

const MAXIMUM_ORGANIZATIONS = 20_000;
const VERSIONS_PER_QUERY = 500;

/** A version that was read from storage. When the organization changes, another object takes its place. */
export type KnownVersion = {
  readonly organizationId: string;
  readonly version: number;
  /** False once something newer was read or announced. */
  isCurrent: boolean;
  /** Monotonic milliseconds at which its latest reading began. */
  readAt: number;
  /** True once a check that began later has found it unchanged; from then on every check speaks for it. */
  isChecked: boolean;
};

/** Organizations are never deleted and versions only grow, so that any change shows in these two numbers. */
type Fingerprint = { organizations: number; versions: number };

const unchecked = new Set<KnownVersion>();
const known = new LRUCache<string, KnownVersion>({
  ...atMost(MAXIMUM_ORGANIZATIONS),
  dispose: (reading) => {
    reading.isCurrent = false;
    unchecked.delete(reading);
  },
});
let checkedAt = Number.NEGATIVE_INFINITY;
let lastFingerprint: Fingerprint | null = null;
let running: Promise<void> | null = null;
/** While storage does not answer, it is asked again after this time only, however many requests want to know. */
const REST_MILLISECONDS = 250;
let restUntil = Number.NEGATIVE_INFINITY;

onOrganizationChanged((organizationId) => {
  if (organizationId === EVERY_ORGANIZATION) known.clear();
  else known.delete(organizationId);
});

/** Reads the version of an organization from storage; null when there is none. */
export async function readKnownVersion(organizationId: string): Promise<KnownVersion | null> {
  const readAt = performance.now();
  const version = (await readVersions([organizationId])).get(organizationId);
  if (version === undefined) return null;
  const before = known.get(organizationId);
  if (before?.version === version) {
    before.readAt = readAt;
    return before;
  }
  const reading = { organizationId, version, isCurrent: true, readAt, isChecked: false };
  known.set(organizationId, reading);
  unchecked.add(reading);
  return reading;
}

/** The monotonic milliseconds up to which storage is known to have had this version. */
export function knownUntil({ isChecked, readAt }: KnownVersion): number {
  return isChecked ? Math.max(checkedAt, readAt) : readAt;
}

/**
 * Asks storage whether anything has changed, and announces within this process what has; calls that overlap share one check.
 * A failure is logged: then nothing becomes more certain.
 */
export function checkVersions(): Promise<void> {
  if (running === null && performance.now() < restUntil) return Promise.resolve();
  running ??= check()
    .catch((error: unknown) => {
      restUntil = performance.now() + REST_MILLISECONDS;
      log().warn({ err: error }, "the version check of cached organizations failed");
    })
    .finally(() => {
      running = null;
    });
  return running;
}

async function check(): Promise<void> {
  const startedAt = performance.now();
  const fingerprint = await readFingerprint();
  const isUnchanged =
    fingerprint.organizations === lastFingerprint?.organizations && fingerprint.versions === lastFingerprint.versions;
  const due = isUnchanged ? [...unchecked] : [...known.values()];
  const versions = await readVersions(due.map(({ organizationId }) => organizationId));
  for (const reading of due) {
    unchecked.delete(reading);
    if (!reading.isCurrent) continue;
    // What was read after this check began is certain by itself, and the next check looks at it.
    if (reading.readAt > startedAt) unchecked.add(reading);
    else if (versions.get(reading.organizationId) === reading.version) reading.isChecked = true;
    else receiveOrganizationChanged(reading.organizationId);
  }
  lastFingerprint = fingerprint;
  checkedAt = startedAt;
}

async function readFingerprint(): Promise<Fingerprint> {
  const statement = sql`SELECT COUNT(*) AS "organizations", SUM("version") AS "versions" FROM "Organization"`;
  const [row] = await readRows<{ organizations: bigint | number; versions: bigint | number | null }>(statement);
  return { organizations: Number(row?.organizations ?? 0), versions: Number(row?.versions ?? 0) };
}

async function readVersions(organizationIds: string[]): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (let start = 0; start < organizationIds.length; start += VERSIONS_PER_QUERY) {
    const ids = joinSql(organizationIds.slice(start, start + VERSIONS_PER_QUERY));
    const statement = sql`SELECT "id", "version" FROM "Organization" WHERE "id" IN (${ids})`;
    for (const row of await readRows<{ id: string; version: number }>(statement)) versions.set(row.id, row.version);
  }
  return versions;
}
