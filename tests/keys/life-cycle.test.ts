// Random lives of an organization's keys under a virtual clock; what must hold is checked after every step.
import fc from "fast-check";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterEach, expect, it, vi } from "vitest";
import { createApplicationSchema } from "#lib/applications/schema.ts";
import { createApplication, updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { announceOrganizationChanged } from "#lib/db/changes.ts";
import { database } from "#lib/db/client.ts";
import type { ErrorCode } from "#lib/errors.ts";
import { jwksEndpoint } from "#lib/jwks/endpoint.ts";
import { toSlots } from "#lib/keys/key.ts";
import { JWKS_MAX_AGE_SECONDS } from "#lib/keys/propagation.ts";
import { findLiveKeys } from "#lib/keys/repository.ts";
import { dropSigningKey, replaceNextKey, rotateSigningKey } from "#lib/keys/service.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const START = Date.UTC(2027, 5, 1);
const ES256 = { algorithm: "ES256" } as const;

type Token = { text: string; kid: string; exp: number };
type Snapshot = { at: number; set: JSONWebKeySet };
type Life = {
  owner: Actor;
  applicationId: string;
  expirySecs: number;
  tokens: Token[];
  /** What verifiers hold: every JWKS that was fetched, with the time of the fetch. */
  snapshots: Snapshot[];
  dropped: Set<string>;
  /** Kids that began to sign although a verifier could not know them yet. */
  overridden: Set<string>;
  transitions: number;
};

type Step = (life: Life) => Promise<void>;

const seconds = (): number => Date.now() / 1000;

/** Runs a change; a refusal must be one of those that are expected, and then nothing has happened. */
async function attempt(life: Life, allowed: ErrorCode[], change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    life.transitions += 1;
    return true;
  } catch (error) {
    expect(allowed).toContain((error as { code: ErrorCode }).code);
    return false;
  }
}

const steps = {
  tick:
    (by: number): Step =>
    async () => {
      vi.setSystemTime(Date.now() + by * 1000);
    },
  fetch: (): Step => async (life) => {
    const { body } = await jwksEndpoint.answer({
      method: "GET",
      params: { orgId: life.owner.organizationId },
      query: new URLSearchParams(),
      header: () => undefined,
      body: new Uint8Array(),
      remoteAddress: "127.0.0.1",
    });
    life.snapshots.push({ at: seconds(), set: JSON.parse(String(body)) });
  },
  issue: (): Step => async (life) => {
    const signer = await getTokenSigner(life.owner.organizationId);
    const exp = Math.floor(seconds()) + life.expirySecs;
    const text = await signer.sign({ typ: "at+jwt", claims: { iss: "i", aud: "a", exp } });
    life.tokens.push({ text, kid: signer.kid, exp });
    if (life.overridden.has(signer.kid)) return;
    // R2: whoever keeps a JWKS no longer than it may holds the key of every new token.
    for (const { at, set } of life.snapshots.filter((snapshot) => seconds() - snapshot.at < JWKS_MAX_AGE_SECONDS)) {
      expect(
        set.keys.map((key) => key.kid),
        `fetched ${seconds() - at} s ago`,
      ).toContain(signer.kid);
    }
  },
  rotate:
    (isOverridden: boolean): Step =>
    async (life) => {
      const { next } = toSlots(await findLiveKeys(life.owner.organizationId));
      const reason = isOverridden ? { override_reason: "model" } : {};
      const rotate = () => rotateSigningKey(life.owner, { ...ES256, ...reason }, new Date());
      const isRotated = await attempt(life, ["key.next_not_propagated", "key.already_rotated"], rotate);
      if (isRotated && isOverridden) life.overridden.add(next.kid);
    },
  replace: (): Step => async (life) => {
    await attempt(life, [], () => replaceNextKey(life.owner, ES256, new Date()));
  },
  drop:
    (isForced: boolean): Step =>
    async (life) => {
      const { previous } = toSlots(await findLiveKeys(life.owner.organizationId));
      const key = previous.at(-1);
      const drop = () => dropSigningKey(life.owner, { kid: key?.kid, force: isForced }, new Date());
      if (!(await attempt(life, ["key.no_previous", "key.not_safe_to_drop"], drop)) || !key) return;
      life.dropped.add(key.kid);
      if (isForced) return;
      // Safe means: nothing that this key ever signed is still valid.
      for (const token of life.tokens.filter(({ kid }) => kid === key.kid))
        expect(token.exp).toBeLessThanOrEqual(seconds());
    },
  changeExpiry:
    (token_expiry_secs: number): Step =>
    async (life) => {
      await updateApplication(life.owner, { id: life.applicationId, token_expiry_secs });
      life.expirySecs = token_expiry_secs;
    },
  crash: (): Step => async (life) => {
    await announceOrganizationChanged(life.owner.organizationId);
  },
};

const short = fc.integer({ min: 1, max: 300 }).map(steps.tick);
const long = fc.integer({ min: 100, max: 2000 }).map(steps.tick);
const rotate = fc.integer({ min: 0, max: 4 }).map((roll) => steps.rotate(roll === 0));
const drop = fc.integer({ min: 0, max: 4 }).map((roll) => steps.drop(roll === 0));
const changeExpiry = fc.integer({ min: 1, max: 4000 }).map(steps.changeExpiry);
const fetch = fc.constant(steps.fetch());
const issue = fc.constant(steps.issue());
const replace = fc.constant(steps.replace());
const crash = fc.constant(steps.crash());

/** Single steps in any order, and short passages around the moments at which something could go wrong. */
const anyPassage: fc.Arbitrary<Step[]> = fc.oneof(
  ...[short, long, fetch, issue, rotate, drop, changeExpiry, replace, crash].map((step) => fc.tuple(step)),
  fc.tuple(fetch, short, rotate, issue, short, rotate, issue),
  fc.tuple(fetch, short, replace, short, rotate, issue),
  fc.tuple(changeExpiry, issue, changeExpiry, rotate, short, drop, long, drop),
);

async function checkInvariants(life: Life): Promise<void> {
  const { organizationId } = life.owner;
  const keys = await findLiveKeys(organizationId);
  const { current, next, previous } = toSlots(keys);
  const published = { keys: keys.map((key) => ({ ...key.publicJwk, kid: key.kid, alg: key.algorithm, use: "sig" })) };
  const verify = createLocalJWKSet(published);
  for (const token of life.tokens.filter(({ exp, kid }) => exp > seconds() && !life.dropped.has(kid))) {
    await jwtVerify(token.text, verify, { currentDate: new Date() });
  }
  for (const token of life.tokens.filter(({ kid }) => life.dropped.has(kid))) {
    await expect(jwtVerify(token.text, verify, { currentDate: new Date(0) })).rejects.toThrow();
  }
  expect(new Set([current, next, ...previous].map((key) => key.kid)).size).toBe(keys.length);
  const actions = ["key.rotated", "key.next_replaced", "key.dropped"];
  const rows = await database().auditEvent.count({ where: { organizationId, action: { in: actions } } });
  expect(rows).toBe(life.transitions);
}

describeOnEveryDatabase("the life of signing keys", ({ provider }) => {
  let lives = 0;
  afterEach(() => vi.useRealTimers());

  async function begin(): Promise<Life> {
    lives += 1;
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    const owner = await createTestOrganization(`life-${provider}-${lives}`, new Date());
    const input = { name: "Worker", protocol: "oidc", grant_types: ["client_credentials"], token_expiry_secs: 600 };
    const { id } = await createApplication(owner, createApplicationSchema.parse(input));
    const empty = { tokens: [], snapshots: [], dropped: new Set<string>(), overridden: new Set<string>() };
    return { owner, applicationId: id, expirySecs: 600, transitions: 0, ...empty };
  }

  it("SECURITY T1 (R1, R2, R4), J15, L7, L8, G6: whatever happens in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPassage, { minLength: 8, maxLength: 16, size: "max" }), async (passages) => {
        const life = await begin();
        for (const step of passages.flat()) {
          await step(life);
          await checkInvariants(life);
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  }, 180_000);
});
