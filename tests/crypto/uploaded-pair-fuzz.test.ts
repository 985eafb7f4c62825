import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type PastedPair, readUploadedPair } from "#lib/crypto/uploaded-pair.ts";
import { isAppError } from "#lib/errors.ts";
import { createMutator } from "../support/mutations.ts";
import { EC, openWorkbench, RSA, uploadTools } from "../support/pairs.ts";

const SEED = Number(process.env.SIGNET_FUZZ_SEED ?? 20_261_122);
const ROUNDS = Number(process.env.SIGNET_FUZZ_ROUNDS ?? 1500);
const LIMIT_MILLISECONDS = 2000;
const NOW = new Date();
const CORPUS = resolve(process.env.SIGNET_CORPUS ?? "../shared/corpus/uploads.tar.xz");
const bench = openWorkbench();
const { makePair, pasted } = uploadTools(bench, NOW);
afterAll(() => bench.remove());

const { next, mutate } = createMutator(SEED);

/** Pairs to begin with: our own, and the sample of real ones where it lies beside the repository. */
function seeds(): PastedPair[] {
  makePair("ec", EC);
  makePair("rsa", RSA);
  bench.run("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:sesame", "-out", "locked.key");
  bench.run("ec", "-in", "ec.key", "-aes128", "-passout", "pass:sesame", "-out", "legacy.key");
  const own = [
    pasted("ec.key", "ec.crt"),
    pasted("rsa.key", "rsa.crt"),
    pasted("locked.key", "ec.crt", "sesame"),
    pasted("legacy.key", "ec.crt", "sesame"),
  ];
  if (!existsSync(CORPUS)) return own;
  const folder = mkdtempSync(join(tmpdir(), "signet-fuzz-"));
  execFileSync("tar", ["-xJf", CORPUS, "-C", folder]);
  const { cases } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    cases: { key: string; cert: string; passphrase?: string }[];
  };
  const sample = cases.map(({ key, cert, passphrase }) => ({
    privateKeyPem: readFileSync(join(folder, key), "latin1"),
    certificatePem: readFileSync(join(folder, cert), "latin1"),
    passphrase,
  }));
  rmSync(folder, { recursive: true });
  return [...own, ...sample.filter(({ certificatePem }) => certificatePem.length < 64_000)];
}

/** What was accepted openssl must read too, as a matching pair. */
function expectOpensslAgrees(pair: Awaited<ReturnType<typeof readUploadedPair>>): void {
  const { privateKeyDer } = pair.material;
  bench.write(
    "fuzz.key",
    createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" })
      .export({ type: "pkcs8", format: "pem" })
      .toString(),
  );
  bench.write("fuzz.crt", pair.facts.certificatePem);
  const ofKey = createPublicKey(bench.run("pkey", "-in", "fuzz.key", "-pubout"));
  const ofCertificate = createPublicKey(bench.run("x509", "-in", "fuzz.crt", "-noout", "-pubkey"));
  expect(ofKey.equals(ofCertificate)).toBe(true);
}

describe(`T4: uploads mutated ${ROUNDS} times (seed ${SEED})`, () => {
  it("are refused with a code or read by openssl too, soon, and without keeping memory", async () => {
    const start = seeds();
    const outcomes = new Map<string, number>();
    let slowest = 0;
    let heapBefore = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair = mutate(start[next(start.length)] ?? pasted("ec.key", "ec.crt"));
      const began = performance.now();
      const outcome = await readUploadedPair(pair, NOW).catch((error: unknown) => error);
      slowest = Math.max(slowest, performance.now() - began);
      if (outcome instanceof Error) {
        expect(
          isAppError(outcome) && outcome.code.startsWith("certificate."),
          `${outcome.stack}\n${JSON.stringify(pair)}`,
        ).toBe(true);
        expect(outcome.message).not.toContain("PRIVATE KEY-----");
      } else {
        expect(
          () => new X509Certificate((outcome as never as { facts: { certificatePem: string } }).facts.certificatePem),
        ).not.toThrow();
        if (round % 5 === 0) expectOpensslAgrees(outcome as Awaited<ReturnType<typeof readUploadedPair>>);
      }
      const name = isAppError(outcome) ? outcome.code : "accepted";
      outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
      if (round === Math.floor(ROUNDS / 3)) heapBefore = process.memoryUsage().heapUsed;
    }
    const grown = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
    console.log(
      `${[...outcomes].map(([name, count]) => `${name} ${count}`).join(", ")}; slowest ${slowest.toFixed(0)} ms, heap ${grown.toFixed(0)} MiB`,
    );
    expect(slowest).toBeLessThan(LIMIT_MILLISECONDS);
    expect(grown).toBeLessThan(64);
  }, 300_000);
});
