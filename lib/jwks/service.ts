import "server-only";
// The public door of the JWKS: the document of an organization, from memory, with every fetch seen before it is answered.
import { LRUCache } from "lru-cache";
import { atMost } from "../at-most.ts";
import { listPublishedCertificateKeys, nextDeparture } from "../certificates/published.ts";
import { onOrganizationChanged, receiveOrganizationChanged } from "../db/changes.ts";
import { within } from "../db/deadline.ts";
import { OrganizationCache } from "../db/organization-cache.ts";
import { AppError } from "../errors.ts";
import { toAppError } from "../http/problem.ts";
import { listPublishedKeys } from "../keys/service.ts";
import { log } from "../log.ts";
import { type FetchState, type JwksDocument, toJwksDocument } from "./document.ts";
import { toJwkSet } from "./published.ts";
import { findFetchState, raiseFetchedUntil } from "./repository.ts";

/** How far ahead the horizon of fetches is stored, so that an organization costs one write in this time. */
const SLACK_MILLISECONDS = 30_000;
const NOTE_BOUND_MILLISECONDS = 250;
const LOAD_BOUND_MILLISECONDS = 1000;
const TROUBLE_MILLISECONDS = 1000;
const MAXIMUM_ORGANIZATIONS = 20_000;

const documents = new OrganizationCache<JwksDocument>(loadDocument, { endOf: ({ changesAt }) => changesAt });
/** What was loaded last, to go on with while storage is out of reach, and to keep answers whose keys did not change. */
const latest = new LRUCache<string, JwksDocument>(atMost(MAXIMUM_ORGANIZATIONS));
const notes = new Map<string, Promise<FetchState | null>>();
/** Organizations of which storage does not know yet that they were fetched. */
const owed = new Set<string>();
let isPaying = false;
let troubleUntil = 0;

// Loaded again at once, so that the first fetch after a change finds it, and a failing storage does not bring old keys back.
onOrganizationChanged((organizationId) => {
  if (latest.has(organizationId)) void documents.get(organizationId).catch(() => undefined);
});

/** The document if it is at hand and this fetch needs no note; undefined means: call {@link getJwksDocument}. */
export function peekJwksDocument(organizationId: string, now: number): JwksDocument | undefined {
  const document = documents.peek(organizationId);
  return document && now <= document.fetchedUntil ? document : undefined;
}

/**
 * The document, after storage knows that it is being fetched; storage that is slow or out of reach does not hold it up.
 * @throws organization.not_found
 * @throws storage.unavailable when storage is out of reach and nothing was loaded before
 */
export async function getJwksDocument(organizationId: string): Promise<JwksDocument> {
  const document = await findDocument(organizationId);
  if (document === null) throw new AppError("organization.not_found", "There is no such organization.");
  return noteFetch(organizationId, document);
}

async function findDocument(organizationId: string): Promise<JwksDocument | null> {
  const last = latest.get(organizationId);
  if (last !== undefined && performance.now() < troubleUntil) return last;
  try {
    const { value } = await within(LOAD_BOUND_MILLISECONDS, documents.get(organizationId));
    return value;
  } catch (error) {
    noteTrouble(error);
    if (last !== undefined) return last;
    throw toAppError(error);
  }
}

async function loadDocument(organizationId: string): Promise<JwksDocument | null> {
  // The version is read first: what is read after it is as new or newer.
  const state = await findFetchState(organizationId);
  const keys = await listPublishedKeys(organizationId);
  if (state === null || keys.length === 0) return null;
  const ofCertificates = await listPublishedCertificateKeys(organizationId);
  const published = { ...state, changesAt: nextDeparture(ofCertificates) };
  const earlier = latest.get(organizationId);
  const document = toJwksDocument(toJwkSet([...keys, ...ofCertificates]), published, earlier);
  if (earlier === undefined || earlier.version <= document.version) latest.set(organizationId, document);
  return document;
}

/** Stores that somebody fetches now, and answers with the document that storage says is the newest. */
async function noteFetch(organizationId: string, document: JwksDocument): Promise<JwksDocument> {
  if (Date.now() <= document.fetchedUntil) return document;
  if (performance.now() < troubleUntil) {
    payLater(organizationId);
    return document;
  }
  try {
    const state = await within(NOTE_BOUND_MILLISECONDS, storeFetch(organizationId));
    if (state === null) return document;
    document.fetchedUntil = state.fetchedUntil;
    if (state.version === document.version) return document;
    receiveOrganizationChanged(organizationId);
    return (await findDocument(organizationId)) ?? document;
  } catch (error) {
    noteTrouble(error);
    payLater(organizationId);
    return document;
  }
}

/** Calls that overlap share one write. */
function storeFetch(organizationId: string): Promise<FetchState | null> {
  let note = notes.get(organizationId);
  if (note === undefined) {
    const until = new Date(Date.now() + SLACK_MILLISECONDS);
    note = raiseFetchedUntil(organizationId, until).finally(() => notes.delete(organizationId));
    notes.set(organizationId, note);
  }
  return note;
}

/** An answer did not wait for storage, but the gate must know of it: it is stored as soon as storage answers again. */
function payLater(organizationId: string): void {
  owed.add(organizationId);
  if (isPaying) return;
  isPaying = true;
  setTimeout(() => void pay(), TROUBLE_MILLISECONDS).unref();
}

async function pay(): Promise<void> {
  try {
    for (const organizationId of [...owed]) {
      await storeFetch(organizationId);
      owed.delete(organizationId);
    }
  } catch (error) {
    log().debug({ err: error }, "fetches of JWKS are still to be stored");
  }
  isPaying = owed.size > 0;
  if (isPaying) setTimeout(() => void pay(), TROUBLE_MILLISECONDS).unref();
}

function noteTrouble(error: unknown): void {
  if (performance.now() >= troubleUntil) log().warn({ err: error }, "storage does not answer; the last JWKS is served");
  troubleUntil = performance.now() + TROUBLE_MILLISECONDS;
}
