// Sends the sample of real uploads that lies beside the repository to a server of its own: npm run corpus.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { callApi } from "../support/api-client.ts";
import { startSignetServer } from "../support/signet-server.ts";

type Case = {
  id: string;
  key: string;
  cert: string;
  passphrase?: string;
  expected: "accept" | "reject" | "either";
  prefer?: "accept" | "reject";
};

const ARCHIVE = resolve(process.env.SIGNET_CORPUS ?? "../shared/corpus/uploads.tar.xz");
const SLOWEST_MILLISECONDS = 2000;

if (!existsSync(ARCHIVE)) throw new Error(`There is no corpus at ${ARCHIVE}.`);
const folder = mkdtempSync(join(tmpdir(), "signet-corpus-"));
const server = await startSignetServer();
try {
  execFileSync("tar", ["-xJf", ARCHIVE, "-C", folder]);
  const { cases } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { cases: Case[] };
  const token = server.command("token", "create", "--org", "acme-corp", "--permissions", "certificates.manage");
  const times: number[] = [];
  const [faults, notes]: [string[], string[]] = [[], []];
  for (const one of cases) {
    const started = performance.now();
    const answer = await callApi(server.url, token, {
      method: "POST",
      path: "certificates/upload",
      body: {
        name: one.id,
        private_key_pem: readFileSync(join(folder, one.key), "latin1"),
        certificate_pem: readFileSync(join(folder, one.cert), "latin1"),
        ...(one.passphrase ? { passphrase: one.passphrase } : {}),
      },
    });
    const milliseconds = performance.now() - started;
    times.push(milliseconds);
    const kind = answer.status < 300 ? "accept" : answer.status < 500 ? "reject" : "error";
    const told = `${one.id}: ${answer.status} ${kind === "accept" ? "" : String(answer.body.code)}`;
    const isWrong = one.expected === "either" ? kind === "error" : kind !== one.expected;
    if (isWrong || milliseconds > SLOWEST_MILLISECONDS || answer.text.includes("PRIVATE KEY-----")) faults.push(told);
    else if (one.expected === "either" && kind !== one.prefer) notes.push(`${told} (${one.prefer} would be preferred)`);
    if (kind === "accept")
      await callApi(server.url, token, { method: "DELETE", path: `certificates/${answer.body.id}` });
  }
  times.sort((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  for (const line of [...faults, ...notes]) console.log(line);
  console.log(`${cases.length - faults.length} of ${cases.length} as expected`);
  console.log(`median ${median.toFixed(1)} ms, slowest ${(times.at(-1) ?? 0).toFixed(1)} ms`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
