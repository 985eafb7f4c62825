// T4: damaged uploads against a running server. SIGNET_FUZZ_CASES and SIGNET_FUZZ_SEED make longer and other runs.
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toMasterKey, unseal } from "#lib/crypto/seal.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { type ApiAnswer, callApi } from "../support/api-client.ts";
import { createMutator, type Pasted } from "../support/mutations.ts";
import { EC, openWorkbench, RSA, uploadTools } from "../support/pairs.ts";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";

const SEED = Number(process.env.SIGNET_FUZZ_SEED ?? 20_261_122);
const CASES = Number(process.env.SIGNET_FUZZ_CASES ?? 400);
/** Below what one person may ask for in a minute. */
const CASES_PER_ORGANIZATION = 250;
const MAXIMUM_ORGANIZATIONS = 6;
const LIMIT_MILLISECONDS = 2000;
const LIMIT_GROWTH_MIB = { plane: 48, portal: 128 };
const P384 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];

/** Resident memory of a process in MiB. */
function residentMemory(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return (pages * 4096) / 2 ** 20;
}

describe(`T4: ${CASES} damaged pairs over HTTP (seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "signet-fuzz-"));
  const bench = openWorkbench();
  const { next, mutate } = createMutator(SEED);
  const outcomes = new Map<string, number>();
  let server: SignetServer;
  let database: Database;
  let slowest = 0;
  const tokens: string[] = [];

  beforeAll(async () => {
    const databaseUrl = `file:${join(folder, "signet.db")}`;
    server = await startSignetServer({ databaseUrl });
    database = openDatabase({ provider: "sqlite", url: databaseUrl });
    const count = Math.min(MAXIMUM_ORGANIZATIONS, Math.ceil(CASES / CASES_PER_ORGANIZATION));
    for (let index = 0; index < count; index += 1) {
      server.command("org", "create", `fuzz-${index}`, "--name", "Fuzz");
      const words = ["--org", `fuzz-${index}`, "--permissions", "certificates.manage"];
      tokens.push(server.command("token", "create", ...words));
    }
  }, 120_000);
  afterAll(async () => {
    await database?.$disconnect();
    await server?.stop();
    bench.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Pairs as a company's PKI hands them out: kinds of keys, of files, of encryption, with a chain. */
  function makePairs(): Pasted[] {
    const { makePair, pasted } = uploadTools(bench, new Date());
    makePair("ec", EC);
    makePair("p384", P384);
    makePair("rsa", RSA);
    bench.run("rsa", "-in", "rsa.key", "-traditional", "-out", "rsa.pkcs1");
    bench.run("ec", "-in", "ec.key", "-out", "ec.sec1");
    bench.run("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:sesame", "-out", "locked.key");
    bench.run("pkcs8", "-topk8", "-in", "p384.key", "-scrypt", "-passout", "pass:sesame", "-out", "scrypt.key");
    bench.run("rsa", "-in", "rsa.key", "-traditional", "-aes128", "-passout", "pass:sesame", "-out", "legacy.key");
    bench.run("req", "-new", "-key", "p384.key", "-subj", "/CN=leaf.example/O=Acme", "-out", "leaf.csr");
    bench.run(
      "x509",
      "-req",
      "-in",
      "leaf.csr",
      "-CA",
      "rsa.crt",
      "-CAkey",
      "rsa.key",
      "-days",
      "90",
      "-out",
      "leaf.crt",
    );
    const both = bench.read("ec.key") + bench.read("ec.crt");
    const chain = bench.read("leaf.crt") + bench.read("rsa.crt");
    return [
      ...[pasted("ec.key", "ec.crt"), pasted("p384.key", "p384.crt"), pasted("rsa.key", "rsa.crt")],
      ...[pasted("rsa.pkcs1", "rsa.crt"), pasted("ec.sec1", "ec.crt"), pasted("locked.key", "ec.crt", "sesame")],
      ...[pasted("scrypt.key", "p384.crt", "sesame"), pasted("legacy.key", "rsa.crt", "sesame")],
      { privateKeyPem: bench.read("p384.key"), certificatePem: chain, passphrase: undefined },
      { privateKeyPem: both, certificatePem: both, passphrase: undefined },
    ];
  }

  /** Asks again when it was told to wait, as a patient program does. */
  async function send(action: "preview" | "upload", pair: Pasted, token: string): Promise<ApiAnswer> {
    const { privateKeyPem: private_key_pem, certificatePem: certificate_pem, passphrase } = pair;
    const body = { name: "fuzz", private_key_pem, certificate_pem, ...(passphrase ? { passphrase } : {}) };
    for (;;) {
      const startedAt = performance.now();
      const answer = await callApi(server.url, token, { method: "POST", path: `certificates/${action}`, body });
      slowest = Math.max(slowest, performance.now() - startedAt);
      if (answer.status !== 429) return answer;
      await setTimeout(Number(answer.headers.get("retry-after")) * 1000);
    }
  }

  function expectAnswer(answer: ApiAnswer, pair: Pasted): void {
    const code = String(answer.body.code);
    const isKnown = answer.status < 300 || code.startsWith("certificate.") || code === "request.invalid";
    expect(isKnown && answer.status < 500, `${answer.status} ${answer.text}\n${JSON.stringify(pair)}`).toBe(true);
    expect(answer.text).not.toContain("PRIVATE KEY-----");
    const outcome = answer.status < 300 ? "accepted" : code;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  /** openssl reads both halves as they are stored, and finds the same public key in them. */
  async function expectOpensslAgrees(id: string): Promise<void> {
    const row = await database.certificate.findUniqueOrThrow({ where: { id }, include: { keyPair: true } });
    const { organizationId, keyPairId } = row;
    const masterKey = toMasterKey(Buffer.from(String(server.environment.SIGNET_MASTER_KEY), "base64"));
    const binding = { organizationId, keyPairId, field: "private_key" };
    const der = unseal(row.keyPair.sealedPrivateKey ?? "", binding, [masterKey]);
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    bench.write("stored.key", key.export({ type: "pkcs8", format: "pem" }).toString());
    bench.write("stored.crt", row.certificatePem);
    const ofKey = bench.run("pkey", "-in", "stored.key", "-pubout");
    expect(bench.run("x509", "-in", "stored.crt", "-noout", "-pubkey")).toBe(ofKey);
    expect(bench.run("x509", "-in", "stored.crt", "-noout", "-text")).toContain("Public Key Algorithm");
  }

  it("get a clear answer within two seconds, are stored only where openssl agrees, and leave no memory behind", async () => {
    const pairs = makePairs();
    const memory = (): { plane: number; portal: number } => ({
      plane: residentMemory(server.pid()),
      portal: residentMemory(server.portalPid()),
    });
    let before = memory();
    for (let index = 0; index < CASES; index += 1) {
      const base = pairs[index % pairs.length] as Pasted;
      // Now and then a sound one, so that there is always something to store.
      const pair = next(12) === 0 ? base : mutate(base);
      const token = tokens[index % tokens.length] ?? "";
      const seen = await send("preview", pair, token);
      const stored = await send("upload", pair, token);
      for (const answer of [seen, stored]) expectAnswer(answer, pair);
      // The look says what the upload does.
      expect([seen.status === 200, seen.body.code]).toEqual([stored.status === 201, stored.body.code]);
      if (stored.status === 201) {
        await expectOpensslAgrees(String(stored.body.id));
        const path = `certificates/${stored.body.id}`;
        expect((await callApi(server.url, token, { method: "DELETE", path })).status).toBe(200);
      }
      if (index === Math.floor(CASES / 3)) before = memory();
    }
    const after = memory();
    const growth = { plane: after.plane - before.plane, portal: after.portal - before.portal };
    const counts = [...outcomes].map(([name, count]) => `${name} ${count}`).join(", ");
    const grown = `plane ${growth.plane.toFixed(0)} MiB, portal ${growth.portal.toFixed(0)} MiB`;
    console.log(`${counts}; slowest ${slowest.toFixed(0)} ms; grown: ${grown}`);
    expect(slowest).toBeLessThan(LIMIT_MILLISECONDS);
    expect(growth.plane).toBeLessThan(LIMIT_GROWTH_MIB.plane);
    expect(growth.portal).toBeLessThan(LIMIT_GROWTH_MIB.portal);
    expect(outcomes.get("accepted")).toBeGreaterThan(20);
    expect(outcomes.size).toBeGreaterThan(5);
    expect(server.output()).not.toContain("PRIVATE KEY-----");
  }, 1_800_000);
});
