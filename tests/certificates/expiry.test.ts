import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { announceExpiries } from "#lib/certificates/expiry.ts";
import { deleteCertificate } from "#lib/certificates/service.ts";
import { database } from "#lib/db/client.ts";
import { startPeriodicTask } from "#lib/periodic-task.ts";
import { createTestCertificate } from "../support/certificates.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const DAY = 86_400_000;
const START = new Date("2027-01-01T00:00:00Z");
const at = (days: number, seconds = 0): Date => new Date(START.getTime() + days * DAY + seconds * 1000);

/** Statements that let no event into the log of one organization, and then let them in again. */
const BREAKING = {
  sqlite: (organizationId: string): [string, string] => [
    `CREATE TRIGGER "broken" BEFORE INSERT ON "AuditEvent" WHEN NEW."organizationId" = '${organizationId}'
     BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    'DROP TRIGGER "broken"',
  ],
  postgresql: (organizationId: string): [string, string] => [
    `ALTER TABLE "AuditEvent" ADD CONSTRAINT "broken" CHECK ("organizationId" <> '${organizationId}') NOT VALID`,
    'ALTER TABLE "AuditEvent" DROP CONSTRAINT "broken"',
  ],
};

describeOnEveryDatabase("J3: the audit log is told when a certificate comes to its end", (fixture) => {
  let organizations = 0;
  let home: string;
  beforeEach(async () => {
    organizations += 1;
    home = `acme-${organizations}`;
    await createTestOrganization(home);
    await database().certificate.updateMany({ data: { deletedAt: START } });
  });

  async function eventsOf(organizationId: string): Promise<[string, string, number][]> {
    const where = { organizationId, action: { in: ["certificate.expiring", "certificate.expired"] } };
    const rows = await database().auditEvent.findMany({ where, orderBy: { sequence: "asc" } });
    return rows.map(({ action, targetName, after }) => [action, targetName, JSON.parse(after ?? "{}").days_left]);
  }

  /** Copies of one certificate that all end at the same moment. */
  async function createMany(organizationId: string, count: number, notAfter: Date): Promise<void> {
    const { id } = await createTestCertificate(organizationId, "p256", { notAfter });
    const row = await database().certificate.findUniqueOrThrow({ where: { id } });
    const ids = Array.from({ length: count - 1 }, (_, index) => `${organizationId}-${index}`);
    await database().certificate.createMany({
      data: ids.map((copy) => ({ ...row, id: copy, fingerprintSha256: copy })),
    });
  }

  it("30 days before, 7 days before and at the end, to the second, once each, by Signet itself", async () => {
    const { id, kid } = await createTestCertificate(home, "p256", { name: "Payroll", notAfter: at(100) });
    const moments = [at(69), at(70, -1), at(70), at(71), at(93, -1), at(93), at(94), at(100, -1), at(100), at(200)];
    const written: number[] = [];
    for (const now of moments) written.push(await announceExpiries(now));
    expect(written).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1, 0]);
    expect(await eventsOf(home)).toEqual([
      ["certificate.expiring", "Payroll", 30],
      ["certificate.expiring", "Payroll", 7],
      ["certificate.expired", "Payroll", 0],
    ]);
    const last = await database().auditEvent.findFirstOrThrow({
      where: { targetId: id },
      orderBy: { sequence: "desc" },
    });
    expect(last).toMatchObject({ actorType: "system", actorName: "certificate expiry", kid, at: at(100) });
    expect(JSON.parse(last.after ?? "{}")).toMatchObject({ expires_at: at(100).toISOString(), applications: 0 });
  });

  it("a stage that passed unseen gets no event of its own, and a clock that goes back repeats none", async () => {
    await createTestCertificate(home, "p256", { name: "Slept", notAfter: at(100) });
    await createTestCertificate(home, "p384", { name: "Short", notAfter: at(105) });
    expect(await announceExpiries(at(101))).toBe(2);
    for (const earlier of [at(99), at(93), at(70), at(0)]) expect(await announceExpiries(earlier)).toBe(0);
    expect(await eventsOf(home)).toEqual([
      ["certificate.expiring", "Short", 4],
      ["certificate.expired", "Slept", 0],
    ]);
  });

  it("a deleted certificate is not announced, and each organization hears of its own", async () => {
    const owner = await createTestOrganization(`${home}-globex`);
    const gone = await createTestCertificate(`${home}-globex`, "p256", { name: "Gone", notAfter: at(20) });
    await createTestCertificate(`${home}-globex`, "p384", { name: "Theirs", notAfter: at(20) });
    await createTestCertificate(home, "p256", { name: "Ours", notAfter: at(20) });
    await deleteCertificate(owner, { id: gone.id, force: false, dry_run: false }, at(0));
    expect(await announceExpiries(at(1))).toBe(2);
    expect(await eventsOf(home)).toEqual([["certificate.expiring", "Ours", 19]]);
    expect(await eventsOf(`${home}-globex`)).toEqual([["certificate.expiring", "Theirs", 19]]);
  });

  it("an organization that cannot be written to keeps no other waiting, and gets its events later", async () => {
    await createTestOrganization(`${home}-broken`);
    await createTestCertificate(`${home}-broken`, "p256", { name: "Later", notAfter: at(5) });
    await createTestCertificate(home, "p256", { name: "Now", notAfter: at(20) });
    const [breakIt, mendIt] = BREAKING[fixture.provider](`${home}-broken`);
    await database().$executeRawUnsafe(breakIt);
    expect(await announceExpiries(at(1))).toBe(1);
    expect(await eventsOf(home)).toEqual([["certificate.expiring", "Now", 19]]);
    expect(await eventsOf(`${home}-broken`)).toEqual([]);
    await database().$executeRawUnsafe(mendIt);
    expect(await announceExpiries(at(2))).toBe(1);
    expect(await eventsOf(`${home}-broken`)).toEqual([["certificate.expiring", "Later", 3]]);
  });

  it("two processes that announce at once write every event once", async () => {
    await createMany(home, 150, at(20));
    const startAt = String(Date.now() + 4000);
    const words = ["--conditions=react-server", "--import", "tsx", "tests/support/announce-expiries.ts"];
    const run = (): Promise<{ stdout: string }> =>
      promisify(execFile)(process.execPath, [...words, at(1).toISOString(), startAt]);
    const outputs = await Promise.all([run(), run()]);
    const counts = outputs.map(({ stdout }) => Number(stdout));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(150);
    expect(await eventsOf(home)).toHaveLength(150);
  });

  it("hundreds that are due together take several short transactions, all in one call", async () => {
    await createMany(home, 500, at(20));
    expect(await announceExpiries(at(1))).toBe(500);
    expect(new Set((await eventsOf(home)).map(([action]) => action))).toEqual(new Set(["certificate.expiring"]));
  });

  it("a call that is told to stop leaves the rest to the next one", async () => {
    await createMany(home, 30, at(20));
    expect(await announceExpiries(at(1), AbortSignal.abort())).toBe(0);
    expect(await announceExpiries(at(1))).toBe(30);
  });
});

describe("a periodic task", () => {
  it("runs soon, again after a failure, never twice at a time, and not after its stop", async () => {
    let [runs, running, most] = [0, 0, 0];
    const stop = startPeriodicTask("test", { firstAfterSeconds: 0.01, everySeconds: 0.01 }, async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running -= 1;
      if (runs === 1) throw new Error("once");
    });
    await expect.poll(() => runs, { timeout: 5000, interval: 5 }).toBeGreaterThan(2);
    await stop();
    const atStop = runs;
    expect(running).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([runs, most]).toEqual([atStop, 1]);
  });

  it("is told to stop in the middle of a run, and a run that does not listen holds nobody up for more than two seconds", async () => {
    let signal: AbortSignal | undefined;
    const stop = startPeriodicTask("deaf", { firstAfterSeconds: 0, everySeconds: 1 }, async (given) => {
      signal = given;
      await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
    });
    await expect.poll(() => signal, { timeout: 5000, interval: 5 }).toBeDefined();
    const startedAt = performance.now();
    await stop();
    expect(signal?.aborted).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });
});
