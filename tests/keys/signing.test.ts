import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { verifyJwt } from "#lib/crypto/jws.ts";
import { announceOrganizationChanged } from "#lib/db/changes.ts";
import { database } from "#lib/db/client.ts";
import { dropSigningKey, getSigningKeyStatus, rotateSigningKey } from "#lib/keys/service.ts";
import { getTokenSigner, getVerificationKeys, peekTokenSigner } from "#lib/keys/signing.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const ES256 = { algorithm: "ES256" } as const;
const seconds = (): number => Math.floor(Date.now() / 1000);

/** The stored horizon of a pair, in milliseconds since 1970. */
async function horizonOf(keyPairId: string): Promise<number> {
  const row = await database().keyPair.findUniqueOrThrow({ where: { id: keyPairId } });
  return row.signedUntil?.getTime() ?? 0;
}

async function verify(organizationId: string, token: string) {
  const keys = await getVerificationKeys(organizationId);
  return verifyJwt(token, {
    keys: (kid) => keys.get(kid),
    issuer: "https://id.example",
    audience: "api",
    typ: "at+jwt",
    now: new Date(),
  });
}

const claims = (life = 300) => ({ iss: "https://id.example", aud: "api", iat: seconds(), exp: seconds() + life });

describeOnEveryDatabase("signing tokens", () => {
  it("U4: the current key signs, a published key verifies, and both are at hand afterwards", async () => {
    await createTestOrganization("signing");
    expect(peekTokenSigner("signing")).toBeUndefined();
    const signer = await getTokenSigner("signing");
    expect(peekTokenSigner("signing")).toBe(signer);
    const token = await signer.sign({ typ: "at+jwt", claims: claims() });
    await expect(verify("signing", token)).resolves.toMatchObject({ aud: "api" });
    await expect(getTokenSigner("nowhere")).rejects.toMatchObject({ code: "organization.not_found" });
    await expect(getVerificationKeys("nowhere")).rejects.toMatchObject({ code: "organization.not_found" });
  });

  it("PRODUCT 3: the horizon is stored before the token exists, a minute ahead, and costs one write a minute", async () => {
    await createTestOrganization("horizon");
    const signer = await getTokenSigner("horizon");
    const exp = seconds() + 300;
    await signer.sign({ typ: "at+jwt", claims: { exp } });
    expect(await horizonOf(signer.keyPairId)).toBe((exp + 60) * 1000);
    for (const further of [0, 30, 60]) await signer.sign({ typ: "at+jwt", claims: { exp: exp + further } });
    expect(await horizonOf(signer.keyPairId)).toBe((exp + 60) * 1000);
    await signer.sign({ typ: "at+jwt", claims: { exp: exp + 61 } });
    expect(await horizonOf(signer.keyPairId)).toBe((exp + 121) * 1000);
    await signer.sign({ typ: "at+jwt", claims: { exp: exp - 1000 } });
    expect(await horizonOf(signer.keyPairId)).toBe((exp + 121) * 1000);
  });

  it("a token without a whole number as expiry is not signed", async () => {
    const signer = await getTokenSigner("horizon");
    for (const exp of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, undefined as never]) {
      await expect(signer.sign({ typ: "at+jwt", claims: { exp } })).rejects.toMatchObject({
        code: "internal.unexpected",
      });
    }
  });

  it("when storage does not take the horizon, nothing is signed", async () => {
    await createTestOrganization("storage");
    const signer = await getTokenSigner("storage");
    await database().$executeRawUnsafe('ALTER TABLE "KeyPair" RENAME TO "KeyPairAway"');
    try {
      await expect(signer.sign({ typ: "at+jwt", claims: { exp: seconds() + 300 } })).rejects.toThrow();
    } finally {
      await database().$executeRawUnsafe('ALTER TABLE "KeyPairAway" RENAME TO "KeyPair"');
    }
    const exp = seconds() + 300;
    await signer.sign({ typ: "at+jwt", claims: { exp } });
    expect(await horizonOf(signer.keyPairId)).toBe((exp + 60) * 1000);
  });

  it("U16: the horizon is never below the expiry of a token handed out, by two processes and after a crash", async () => {
    const owner = await createTestOrganization("property");
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            process: fc.nat(1),
            life: fc.integer({ min: 1, max: 86_400 }),
            crashes: fc.boolean(),
            rotates: fc.boolean(),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        async (steps) => {
          const processes = [await startProcess(), await startProcess()];
          const promises: Promise<void>[] = [];
          for (const step of steps) {
            if (step.rotates) await rotateSigningKey(owner, { ...ES256, override_reason: "property" }, new Date());
            if (step.crashes) processes[step.process] = await startProcess();
            const signer = await processes[step.process]?.getTokenSigner("property");
            if (!signer) throw new Error("no signer");
            const exp = seconds() + step.life;
            const issue = async (): Promise<void> => {
              await signer.sign({ typ: "at+jwt", claims: { exp } });
              expect(await horizonOf(signer.keyPairId)).toBeGreaterThanOrEqual(exp * 1000);
            };
            promises.push(issue());
            if (step.life % 2 === 0) await Promise.all(promises);
          }
          await Promise.all(promises);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("kill -9 of two signing processes leaves a horizon at or beyond everything they handed out", async () => {
    const owner = await createTestOrganization("killed");
    await rotateSigningKey(owner, ES256, new Date());
    await rotateSigningKey(owner, ES256, new Date());
    const latest = new Map<string, number>();
    const children = [signForever("killed", latest), signForever("killed", latest)];
    const deadline = Date.now() + 20_000;
    while (latest.size === 0 && Date.now() < deadline) await setTimeout(50);
    await setTimeout(300);
    await rotateSigningKey(owner, { ...ES256, override_reason: "in the middle" }, new Date());
    await setTimeout(300);
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(children.map((child) => once(child, "close")));
    expect(latest.size).toBeGreaterThan(0);
    for (const [keyPairId, exp] of latest) expect(await horizonOf(keyPairId)).toBeGreaterThanOrEqual(exp * 1000);
  });

  it("J17: a forced drop fails tokens of the key at once, and a signer that was in somebody's hand signs with the new key", async () => {
    const owner = await createTestOrganization("dropped");
    const signer = await getTokenSigner("dropped");
    const before = await signer.sign({ typ: "at+jwt", claims: claims() });
    await rotateSigningKey(owner, ES256, new Date());
    await expect(verify("dropped", before)).resolves.toBeDefined();
    const { current_kid } = await dropSigningKey(owner, { force: true });
    await expect(verify("dropped", before)).rejects.toMatchObject({ code: "auth.invalid_token" });
    await vi.waitFor(async () => {
      const token = await signer.sign({ typ: "at+jwt", claims: claims() });
      expect(token.startsWith(await headerOf("dropped"))).toBe(true);
      await expect(verify("dropped", token)).resolves.toBeDefined();
    });
    expect((await getTokenSigner("dropped")).kid).toBe(current_kid);
  });

  it("the horizon of a destroyed key cannot be raised, by whatever process still holds it", async () => {
    const owner = await createTestOrganization("destroyed");
    const other = await startProcess();
    const held = await other.getTokenSigner("destroyed");
    await rotateSigningKey(owner, ES256, new Date());
    await dropSigningKey(owner, { force: true });
    const exp = seconds() + 5000;
    const token = await held.sign({ typ: "at+jwt", claims: { ...claims(), exp } });
    await expect(verify("destroyed", token)).resolves.toMatchObject({ exp });
    expect(await horizonOf(held.keyPairId)).toBe(0);
  });

  it("a row that does not open leaves one audit event and does not disturb other keys", async () => {
    const owner = await createTestOrganization("broken");
    await createTestOrganization("healthy");
    const [broken, healthy] = await Promise.all(
      ["broken", "healthy"].map((organizationId) =>
        database().keyPair.findFirstOrThrow({ where: { organizationId, signingKey: { state: "current" } } }),
      ),
    );
    if (!broken || !healthy) throw new Error("no keys");
    await database().keyPair.update({ where: { id: broken.id }, data: { sealedPrivateKey: healthy.sealedPrivateKey } });
    await announceOrganizationChanged("broken");
    for (let tried = 0; tried < 3; tried += 1) {
      await expect(getTokenSigner("broken")).rejects.toMatchObject({ code: "seal.unreadable" });
    }
    const events = await database().auditEvent.findMany({ where: { action: "key.unreadable" } });
    expect(events).toMatchObject([{ organizationId: "broken", kid: broken.kid, outcome: "failed" }]);
    await expect((await getTokenSigner("healthy")).sign({ typ: "at+jwt", claims: claims() })).resolves.toBeDefined();
    expect((await getVerificationKeys("broken")).size).toBe(2);
    const rotated = await rotateSigningKey(owner, ES256, new Date());
    expect((await getTokenSigner("broken")).kid).toBe(rotated.current_kid);
  });

  async function headerOf(organizationId: string): Promise<string> {
    const owner = await getSigningKeyStatus({ ...(await actorOf(organizationId)) });
    const header = { alg: owner.algorithm, typ: "at+jwt", kid: owner.current_kid };
    return Buffer.from(JSON.stringify(header)).toString("base64url");
  }

  async function actorOf(organizationId: string) {
    const { systemActor } = await import("#lib/auth/actor.ts");
    return systemActor(organizationId, "test");
  }
});

/** Fresh copies of the modules: what a process that has just started knows. */
async function startProcess(): Promise<typeof import("#lib/keys/signing.ts")> {
  vi.resetModules();
  return import("#lib/keys/signing.ts");
}

function signForever(organizationId: string, latest: Map<string, number>): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "tests/support/sign-forever.ts", organizationId],
    { stdio: ["ignore", "pipe", "inherit"], env: process.env },
  );
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [keyPairId = "", exp] = line.split(" ");
    latest.set(keyPairId, Math.max(latest.get(keyPairId) ?? 0, Number(exp)));
  });
  return child;
}
