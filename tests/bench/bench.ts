// The benchmarks: JWKS, tokens, many organizations, portal load, rotation, start and memory, with peers in the same run.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { callApi } from "../support/api-client.ts";
import { OWNER, type SignetServer, startSignetServer } from "../support/signet-server.ts";
import { load, measure, onAddress, perSecond, quantile, requireClean, say, startPeer, type Target } from "./load.ts";
import { memoryOf } from "./memory.ts";
import { noteAtLeast, noteAtMost, printReport } from "./report.ts";
import { measureStarts } from "./starts.ts";
import {
  benchCertificateTokens,
  benchDiscovery,
  benchIntrospections,
  benchRefreshes,
  benchTokens,
  type TokenBench,
} from "./tokens.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    /** Only what issues, refreshes and introspects tokens. */
    tokens: { type: "boolean", default: false },
    /** The DATABASE_URL to measure on; SQLite unless given. */
    database: { type: "string" },
  },
});
const effort = { seconds: Number(options.seconds), rounds: Number(options.rounds) };
const ORGANIZATION = "acme-corp";
const ORGANIZATIONS = 1000;
const ROTATIONS = 40;
const PERMISSIONS = "certificates.manage,applications.manage,audit.view";
const IDLE_SECONDS = 25;

const databaseUrl = options.database === undefined ? {} : { databaseUrl: options.database };
const server = await startSignetServer({ environment: { SIGNET_LOG_LEVEL: "warn" }, ...databaseUrl });
try {
  const token = server.command("token", "create", "--org", ORGANIZATION, "--permissions", PERMISSIONS);
  const bench: TokenBench = { server, token, organizationId: ORGANIZATION, effort };
  if (!options.tokens) {
    await benchMemory();
    await benchJwks();
    await benchOrganizations();
    await benchPortal();
  }
  await benchTokens(bench, "RS256");
  await benchCertificateTokens(bench);
  await benchRefreshes(bench);
  await benchIntrospections(bench);
  await benchDiscovery(bench);
  if (!options.tokens) await benchRotations(token);
  await changeAlgorithm(token, "ES256");
  await benchTokens(bench, "ES256");
} finally {
  await server.stop();
}
if (!options.tokens) await benchStarts();
if (!printReport()) process.exitCode = 1;

async function benchMemory(): Promise<void> {
  say(`memory after ${IDLE_SECONDS} s of rest …`);
  await setTimeout(IDLE_SECONDS * 1000);
  const { total, parts } = memoryOf(server.pid());
  noteAtMost("memory at rest, sum of processes", parts, total, [300, 220], "MB");
}

async function benchJwks(): Promise<void> {
  say("JWKS, beside node:http and oidc-provider …");
  const url = `${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`;
  const response = await fetch(url);
  const etag = response.headers.get("etag") ?? "";
  const file = join(tmpdir(), `signet-bench-${process.pid}.json`);
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  const stopPlain = await startPeer(["tests/bench/peers/plain.mjs", "9701", file], "http://127.0.0.1:9701/");
  const stopProvider = await startPeer(
    ["tests/bench/peers/oidc-provider.mjs", "9702", "RS256"],
    "http://127.0.0.1:9702/jwks",
  );
  const plainEtag = (await fetch("http://127.0.0.1:9701/")).headers.get("etag") ?? "";
  const [signet, plain, provider, signet304, plain304] = await measure(
    [
      { name: "Signet", url: onAddress(url) },
      { name: "node:http", url: "http://127.0.0.1:9701/" },
      { name: "oidc-provider", url: "http://127.0.0.1:9702/jwks" },
      { name: "Signet 304", url: onAddress(url), headers: { "if-none-match": etag } },
      { name: "node:http 304", url: "http://127.0.0.1:9701/", headers: { "if-none-match": plainEtag } },
    ],
    effort,
  );
  await stopPlain();
  await stopProvider();
  if (!signet || !plain || !provider || !signet304 || !plain304) throw new Error("not measured");
  requireClean("JWKS", signet.failures + signet304.failures);
  const beside = `${perSecond(signet.rate)} p99 ${signet.p99} ms`;
  noteAtLeast(
    "JWKS against node:http",
    `${beside}, ${perSecond(plain.rate)} p99 ${plain.p99} ms`,
    signet.rate / plain.rate,
    [0.6, 0.75],
  );
  noteAtLeast(
    "JWKS against oidc-provider",
    `${beside}, ${perSecond(provider.rate)} p99 ${provider.p99} ms`,
    signet.rate / provider.rate,
    [2, 2],
  );
  noteAtLeast(
    "304 against node:http's 304",
    `${perSecond(signet304.rate)}, ${perSecond(plain304.rate)}`,
    signet304.rate / plain304.rate,
    [0.6, 0.8],
  );
}

async function benchOrganizations(): Promise<void> {
  say(`${ORGANIZATIONS} organizations against one …`);
  const fill = [
    "--conditions=react-server",
    "--import",
    "tsx",
    "tests/bench/many-organizations.ts",
    String(ORGANIZATIONS),
  ];
  execFileSync(process.execPath, fill, { env: { ...process.env, ...server.environment }, stdio: "inherit" });
  const path = (index: number): string => `/orgs/bench-${index}/.well-known/jwks.json`;
  const requests = Array.from({ length: ORGANIZATIONS }, (_, index) => ({ path: path(index) }));
  const [one, many] = await measure(
    [
      { name: "one", url: onAddress(server.url + path(0)), requests: requests.map(() => ({ path: path(0) })) },
      { name: "many", url: onAddress(server.url), requests },
    ],
    effort,
  );
  if (!one || !many) throw new Error("not measured");
  requireClean("many organizations", many.failures);
  noteAtLeast(
    "JWKS of 1,000 organizations against one",
    `${perSecond(many.rate)}, ${perSecond(one.rate)}`,
    many.rate / one.rate,
    [0.8, 0.95],
  );
}

async function benchPortal(): Promise<void> {
  say("JWKS while 4 connections load portal pages …");
  const cookie = await signIn(server);
  const page: Target = {
    name: "page",
    url: onAddress(`${server.url}/orgs/${ORGANIZATION}/portal/audit-log`),
    headers: { cookie, host: new URL(server.url).host },
  };
  const jwks: Target = { name: "JWKS", url: onAddress(`${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`) };
  const shares: number[] = [];
  const tails: number[] = [];
  let numbers = "";
  await load({ ...page, connections: 4 }, 2);
  for (let round = 0; round < effort.rounds; round += 1) {
    const alone = await load(jwks, effort.seconds);
    const [busy, pages] = await Promise.all([
      load(jwks, effort.seconds),
      load({ ...page, connections: 4 }, effort.seconds),
    ]);
    requireClean("portal pages", pages.failures + busy.failures);
    shares.push(busy.rate / alone.rate);
    tails.push(busy.p99);
    numbers = `${perSecond(busy.rate)} busy, ${perSecond(alone.rate)} alone, ${pages.rate.toFixed(0)} pages/s`;
  }
  noteAtLeast("JWKS while pages are loaded, against alone", numbers, quantile(shares, 0.5), [0.5, 0.8]);
  noteAtMost("p99 of JWKS while pages are loaded", numbers, quantile(tails, 0.5), [10, 5], "ms");
  const single = await load({ ...page, connections: 1 }, effort.seconds);
  say(`  one connection: ${single.rate.toFixed(0)} signed-in pages/s, p50 ${single.p50} ms`);
}

async function benchRotations(token: string): Promise<void> {
  say("rotations over HTTP …");
  const times: number[] = [];
  const signedWith = JSON.parse(Buffer.from(token.split(".", 1)[0] ?? "", "base64url").toString()).kid;
  for (let index = 0; index < ROTATIONS; index += 1) {
    const startedAt = performance.now();
    const answer = await callApi(server.url, token, {
      method: "POST",
      path: "signing-key/rotate",
      body: { override_reason: "benchmark" },
    });
    times.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`rotate answered ${answer.status}: ${answer.text}`);
    // An organization has a few previous keys, not one for every rotation of a benchmark; the bearer's own must stay.
    const dropped = (answer.body.prev_key as { kid: string } | null)?.kid;
    if (dropped !== undefined && dropped !== signedWith) {
      await callApi(server.url, token, { method: "DELETE", path: `signing-key/previous/${dropped}?force=true` });
    }
    // The next pair is made in advance between two clicks.
    await setTimeout(600);
  }
  const numbers = `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms of ${ROTATIONS}`;
  noteAtMost("rotate over HTTP, p95", numbers, quantile(times, 0.95), [25, 10], "ms");
}

async function changeAlgorithm(token: string, algorithm: string): Promise<void> {
  const next = await callApi(server.url, token, { method: "PUT", path: "signing-key/next", body: { algorithm } });
  const body = { override_reason: "benchmark" };
  const rotated = await callApi(server.url, token, { method: "POST", path: "signing-key/rotate", body });
  if (next.status !== 200 || rotated.status !== 200) throw new Error(`${next.text} ${rotated.text}`);
}

async function benchStarts(): Promise<void> {
  say("starts …");
  const { jwks, page } = await measureStarts(7);
  noteAtMost("start to first JWKS", `median of 7`, jwks, [0.8, 0.4], "s");
  noteAtMost("start to first page", `median of 7`, page, [1.5, 0.7], "s");
}

async function signIn({ url }: SignetServer): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const own = csrf.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  const form = new URLSearchParams({ csrfToken, email: OWNER.email, password: OWNER.password, json: "true" });
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: own.join("; "), origin: url },
    body: form,
    redirect: "manual",
  });
  const session = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  const cookie = session.find((pair) => pair.includes("session-token="));
  if (cookie === undefined) throw new Error(`no session: ${answer.status} ${await answer.text()}`);
  return cookie;
}
