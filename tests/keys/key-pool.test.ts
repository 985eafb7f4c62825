import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { keyTypeOf } from "#lib/crypto/algorithms.ts";
import { importPrivateKey } from "#lib/crypto/key-pair.ts";
import { takeKeyPair } from "#lib/keys/key-pool.ts";
import { useEnvironment } from "../support/database.ts";

type Holder = typeof globalThis & {
  signetKeyPool?: { stocks: Map<number, { ready: unknown[] }> };
  signetKeyGenerator?: {
    generator: { child: { pid?: number; kill: (signal: string) => void } } | null;
    notBefore: number;
  };
};

const holder = globalThis as Holder;
const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "signet-pool-"));
const RS256 = keyTypeOf("RS256");

const stockOf = (bits: number): number => holder.signetKeyPool?.stocks.get(bits)?.ready.length ?? 0;

function forget(): void {
  delete holder.signetKeyPool;
  delete holder.signetKeyGenerator;
}

beforeAll(async () => {
  await useEnvironment({});
  buildSync({
    entryPoints: [join(home, "lib/crypto/key-generator.ts")],
    outfile: join(folder, "dist/key-generator.js"),
    bundle: true,
    platform: "node",
    format: "esm",
  });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
});
afterAll(() => {
  process.chdir(home);
  holder.signetKeyGenerator?.generator?.child.kill("SIGKILL");
  forget();
  rmSync(folder, { recursive: true, force: true });
});

describe("the key pool", () => {
  it("without a generator program it makes pairs in this process, each once", async () => {
    process.chdir(tmpdir());
    forget();
    const pairs = await Promise.all([takeKeyPair(RS256), takeKeyPair(RS256), takeKeyPair(keyTypeOf("ES256"))]);
    expect(new Set(pairs.map((pair) => pair.publicKeyDer.toString("hex"))).size).toBe(3);
    await vi.waitFor(() => expect(stockOf(2048)).toBe(2), 20_000);
  });

  it("a child of low priority makes them in advance, and the next call gets one at once", async () => {
    process.chdir(folder);
    forget();
    await takeKeyPair(RS256);
    const { pid } = holder.signetKeyGenerator?.generator?.child ?? {};
    expect(getPriority(pid ?? 0)).toBeGreaterThan(getPriority());
    expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toMatch(/MASTER_KEY|SECRET|DATABASE/);
    for (let taken = 0; taken < 3; taken += 1) {
      await vi.waitFor(() => expect(stockOf(2048)).toBe(2), 20_000);
      const { privateKeyDer } = await takeKeyPair(keyTypeOf("RS512"));
      expect(stockOf(2048)).toBe(1);
      expect(importPrivateKey(privateKeyDer, RS256.algorithm)).toBeDefined();
    }
  });

  it("when the child is killed, a call that waits gets its pair all the same, and the child comes back later", async () => {
    const { pid } = holder.signetKeyGenerator?.generator?.child ?? {};
    const waiting = [takeKeyPair(keyTypeOf("RS256", 4096)), takeKeyPair(keyTypeOf("RS256", 4096))];
    process.kill(pid ?? 0, "SIGKILL");
    const pairs = await Promise.all(waiting);
    expect(pairs.every((pair) => pair.privateKeyDer.length > 2000)).toBe(true);
    await vi.waitFor(() => expect(stockOf(4096)).toBe(2), 90_000);
    const supervisor = holder.signetKeyGenerator;
    if (supervisor) supervisor.notBefore = 0;
    await takeKeyPair(RS256);
    await vi.waitFor(() => expect(holder.signetKeyGenerator?.generator?.child.pid).not.toBe(pid), 20_000);
  }, 120_000);

  it("neither the pool nor its child keeps a process alive, and the child goes with its parent", () => {
    const program = join(folder, "taker.ts");
    writeFileSync(
      program,
      `import { takeKeyPair } from "${home}/lib/keys/key-pool.ts";
       import { keyTypeOf } from "${home}/lib/crypto/algorithms.ts";
       await takeKeyPair(keyTypeOf("RS256"));
       console.log(globalThis.signetKeyGenerator.generator.child.pid);`,
    );
    const output = execFileSync(
      process.execPath,
      ["--conditions=react-server", "--import", join(home, "node_modules/tsx/dist/loader.mjs"), program],
      {
        encoding: "utf8",
        timeout: 20_000,
        cwd: folder,
      },
    );
    const pid = Number(output.trim());
    return vi.waitFor(() => expect(existsSync(`/proc/${pid}/exe`)).toBe(false), 10_000);
  });
});
