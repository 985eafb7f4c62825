// The benchmarks of tokens: issued, refreshed and introspected, beside the bare signer, node:http and oidc-provider.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { callApi } from "../support/api-client.ts";
import {
  type Bench,
  type Effort,
  inMilliseconds,
  measure,
  perSecond,
  quantile,
  say,
  startPeer,
  type Target,
} from "./load.ts";
import { noteAtLeast, noteOnly } from "./report.ts";

type Client = { id: string; authorization: string };
type Kind = "RS256" | "RS256-4096" | "ES256";

/** The bar and the aim against the bare signer and against oidc-provider. */
const BARS = {
  RS256: { bare: [0.8, 0.95], provider: [1.3, 1.3] },
  ES256: { bare: [0.5, 0.8], provider: [2, 3.5] },
} as const;
const REDIRECT_URI = "https://app.example/callback";
const VERIFIER = "a-verifier-for-benchmarks-0123456789-0123456789";
const CHAINS = 16;
const BARE_PORT = "9703";
/** With more an answer takes most of a turn where it costs ten milliseconds of a core. */
const SLOW_CONNECTIONS = 16;
const PROVIDER_PORT = "9704";
const PLAIN_PORT = "9705";
const PEER = basic("bench", "bench-secret-bench-secret-bench-secret");
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Tokens by client credentials, signed by the organization's key. */
export async function benchTokens(bench: Bench, kind: "RS256" | "ES256"): Promise<void> {
  const [signet, bare, provider] = await measureTokens(
    bench,
    kind,
    await createClient(bench, { name: `bench ${kind}` }),
  );
  noteAtLeast(`${kind} tokens against the bare signer`, `${signet.text}, ${bare.text}`, signet.rate / bare.rate, [
    ...BARS[kind].bare,
  ]);
  noteAtLeast(`${kind} tokens against oidc-provider`, `${signet.text}, ${provider.text}`, signet.rate / provider.rate, [
    ...BARS[kind].provider,
  ]);
}

/** Tokens by client credentials, signed by the key of an RSA 4096 certificate. */
export async function benchCertificateTokens(bench: Bench): Promise<void> {
  const body = { name: "bench", key_algorithm: "rsa4096" };
  const certificate = await callApi(bench.server.url, bench.token, { method: "POST", path: "certificates", body });
  const client = await createClient(bench, { name: "bench RSA 4096", signing_cert_id: certificate.body.id });
  const [signet, bare, provider] = await measureTokens(bench, "RS256-4096", client);
  noteAtLeast(
    "RSA 4096 tokens against the bare signer",
    `${signet.text}, ${bare.text}`,
    signet.rate / bare.rate,
    [0.8, 0.95],
  );
  noteOnly("RSA 4096 tokens against oidc-provider", `${signet.text}, ${provider.text}`, signet.rate / provider.rate);
}

/** Refresh tokens exchanged in chains; oidc-provider keeps them in memory, Signet in storage that survives a crash. */
export async function benchRefreshes(bench: Bench): Promise<void> {
  const client = await createClient(bench, {
    name: "bench refresh",
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: [REDIRECT_URI],
  });
  const stopProvider = await startProvider("RS256");
  const own = { url: tokenUrl(bench), authorization: client.authorization, tokens: await signInSixteen(bench, client) };
  const answer = await fetch(`http://127.0.0.1:${PROVIDER_PORT}/bench/refresh-tokens`);
  const tokens = (await answer.json()) as string[];
  const peer = { url: `http://127.0.0.1:${PROVIDER_PORT}/token`, authorization: PEER, tokens };
  const [signet, provider] = await followChains([own, peer], bench.effort);
  await stopProvider();
  const text = `${perSecond(signet?.rate ?? 0)} p99 ${inMilliseconds(signet?.p99 ?? 0)}, ${perSecond(provider?.rate ?? 0)}`;
  noteOnly("refreshes against oidc-provider in memory", text, (signet?.rate ?? 0) / (provider?.rate ?? 1));
}

/** One token introspected again and again. */
export async function benchIntrospections(bench: Bench): Promise<void> {
  say("introspections, beside node:http and oidc-provider …");
  const client = await createClient(bench, { name: "bench introspection" });
  const own = await ask(tokenUrl(bench), client.authorization, "grant_type=client_credentials");
  const stopProvider = await startProvider("RS256");
  const opaque = "grant_type=client_credentials&resource=https://opaque.example.com&scope=read";
  const theirs = await ask(`http://127.0.0.1:${PROVIDER_PORT}/token`, PEER, opaque);
  const url = `${bench.server.url}/orgs/${bench.organizationId}/oauth/introspect`;
  const file = join(tmpdir(), `signet-bench-introspection-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(await introspectActive(url, client.authorization, own.access_token)));
  const providerUrl = `http://127.0.0.1:${PROVIDER_PORT}/token/introspection`;
  await introspectActive(providerUrl, PEER, theirs.access_token);
  const plainUrl = `http://127.0.0.1:${PLAIN_PORT}/`;
  const stopPlain = await startPeer(["tests/bench/peers/plain.mjs", PLAIN_PORT, file], plainUrl);
  const post = (target: string, authorization: string, token: unknown): Target => ({
    ...{ name: target, url: target, headers: { ...FORM, authorization } },
    body: `token=${token}`,
  });
  const [signet, plain, provider] = await measure(
    [
      post(url, client.authorization, own.access_token),
      post(plainUrl, client.authorization, own.access_token),
      post(providerUrl, PEER, theirs.access_token),
    ],
    bench.effort,
  );
  await stopPlain();
  await stopProvider();
  if (!signet || !plain || !provider) throw new Error("not measured");
  const text = `${perSecond(signet.rate)} p99 ${inMilliseconds(signet.p99)}`;
  noteAtLeast(
    "introspections against node:http",
    `${text}, ${perSecond(plain.rate)}`,
    signet.rate / plain.rate,
    [0.3, 0.4],
  );
  noteOnly("introspections against oidc-provider", `${text}, ${perSecond(provider.rate)}`, signet.rate / provider.rate);
}

/** The metadata document. */
export async function benchDiscovery({ server, organizationId, effort }: Bench): Promise<void> {
  say("discovery, beside node:http …");
  const url = `${server.url}/orgs/${organizationId}/.well-known/openid-configuration`;
  const file = join(tmpdir(), `signet-bench-discovery-${process.pid}.json`);
  writeFileSync(file, await (await fetch(url)).text());
  const plainUrl = `http://127.0.0.1:${PLAIN_PORT}/`;
  const stopPlain = await startPeer(["tests/bench/peers/plain.mjs", PLAIN_PORT, file], plainUrl);
  const [signet, plain] = await measure(
    [
      { name: "Signet", url },
      { name: "node:http", url: plainUrl },
    ],
    effort,
  );
  await stopPlain();
  if (!signet || !plain) throw new Error("not measured");
  const text = `${perSecond(signet.rate)} p99 ${inMilliseconds(signet.p99)}, ${perSecond(plain.rate)}`;
  noteAtLeast("discovery against node:http", text, signet.rate / plain.rate, [0.3, 0.75]);
}

async function measureTokens(bench: Bench, kind: Kind, client: Client) {
  say(`${kind} tokens, beside the bare signer and oidc-provider …`);
  const bareUrl = `http://127.0.0.1:${BARE_PORT}/`;
  const stopBare = await startPeer(["tests/bench/peers/bare-tokens.mjs", BARE_PORT, kind], bareUrl);
  const stopProvider = await startProvider(kind);
  const post = (url: string, authorization: string): Target => ({
    ...{ name: url, url, headers: { ...FORM, authorization } },
    body: "grant_type=client_credentials",
    ...(kind === "RS256-4096" ? { connections: SLOW_CONNECTIONS } : {}),
  });
  const measures = await measure(
    [
      post(tokenUrl(bench), client.authorization),
      post(bareUrl, client.authorization),
      post(`http://127.0.0.1:${PROVIDER_PORT}/token`, PEER),
    ],
    bench.effort,
  );
  await stopBare();
  await stopProvider();
  const read = (index: number) => {
    const { rate, p99 } = measures[index] ?? { rate: 0, p99: 0 };
    return { rate, text: index === 0 ? `${perSecond(rate)} p99 ${inMilliseconds(p99)}` : perSecond(rate) };
  };
  return [read(0), read(1), read(2)] as const;
}

function startProvider(kind: Kind): Promise<() => Promise<void>> {
  return startPeer(
    ["tests/bench/peers/oidc-provider.mjs", PROVIDER_PORT, kind],
    `http://127.0.0.1:${PROVIDER_PORT}/jwks`,
  );
}

async function createClient({ server, token }: Bench, fields: Record<string, unknown>): Promise<Client> {
  const body = { protocol: "oidc", ...fields };
  const made = await callApi(server.url, token, { method: "POST", path: "applications", body });
  if (made.status !== 201) throw new Error(`no client: ${made.text}`);
  return {
    id: String(made.body.id),
    authorization: basic(String(made.body.client_id), String(made.body.client_secret)),
  };
}

/** The refresh tokens of sixteen sign-ins. */
async function signInSixteen(bench: Bench, client: Client): Promise<string[]> {
  const challenge = createHash("sha256").update(VERIFIER).digest("base64url");
  const words = [bench.organizationId, client.id, REDIRECT_URI, challenge, String(CHAINS)];
  const script = ["--conditions=react-server", "--import", "tsx", "tests/bench/authorization-codes.ts", ...words];
  const printed = execFileSync(process.execPath, script, {
    env: { ...process.env, ...bench.server.environment },
    encoding: "utf8",
  });
  const form = `grant_type=authorization_code&redirect_uri=${encodeURIComponent(REDIRECT_URI)}&code_verifier=${VERIFIER}`;
  const answers = (JSON.parse(printed) as string[]).map((code) =>
    ask(tokenUrl(bench), client.authorization, `${form}&code=${code}`),
  );
  return (await Promise.all(answers)).map((answer) => String(answer.refresh_token));
}

type Chains = { url: string; authorization: string; tokens: string[] };

async function followChains(all: Chains[], { seconds, rounds }: Effort): Promise<{ rate: number; p99: number }[]> {
  say("refreshes, beside oidc-provider …");
  const runs: { rate: number; p99: number }[][] = all.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, chains] of all.entries()) {
      const words = ["tests/bench/chain.mjs", JSON.stringify({ ...chains, seconds })];
      const { stdout } = await promisify(execFile)(process.execPath, words);
      const { failures, tokens, ...run } = JSON.parse(stdout) as {
        rate: number;
        p99: number;
        failures: number;
        tokens: string[];
      };
      if (failures > 0) throw new Error(`refreshes: ${failures} failed`);
      chains.tokens = tokens;
      runs[index]?.push(run);
    }
  }
  const middle = (values: number[]): number => quantile(values, 0.5);
  return runs.map((run) => ({ rate: middle(run.map(({ rate }) => rate)), p99: middle(run.map(({ p99 }) => p99)) }));
}

async function ask(url: string, authorization: string, body: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { method: "POST", headers: { ...FORM, authorization }, body });
  const json = (await answer.json()) as Record<string, unknown>;
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(json)}`);
  return json;
}

/** What an introspection answers, which must know the token: a refusal has the same status and costs less. */
async function introspectActive(url: string, authorization: string, token: unknown): Promise<Record<string, unknown>> {
  const answer = await ask(url, authorization, `token=${token}`);
  if (answer.active !== true) throw new Error(`${url} does not know the token: ${JSON.stringify(answer)}`);
  return answer;
}

function tokenUrl({ server, organizationId }: Bench): string {
  return `${server.url}/orgs/${organizationId}/oauth/token`;
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
