// The benchmarks of the JWKS: beside node:http and oidc-provider, not modified, and of many organizations.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bench, inMilliseconds, measure, perSecond, say, startPeer } from "./load.ts";
import { noteAtLeast } from "./report.ts";

const ORGANIZATIONS = 1000;

/** The JWKS of one organization, full and not modified. */
export async function benchJwks({ server, organizationId, effort }: Bench): Promise<void> {
  say("JWKS, beside node:http and oidc-provider …");
  const url = `${server.url}/orgs/${organizationId}/.well-known/jwks.json`;
  // The load generator does not say that it takes packed answers, which have a tag of their own.
  const response = await fetch(url, { headers: { "accept-encoding": "identity" } });
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
      { name: "Signet", url },
      { name: "node:http", url: "http://127.0.0.1:9701/" },
      { name: "oidc-provider", url: "http://127.0.0.1:9702/jwks" },
      { name: "Signet 304", url, headers: { "if-none-match": etag }, status: 304 },
      {
        name: "node:http 304",
        url: "http://127.0.0.1:9701/",
        headers: { "if-none-match": plainEtag },
        status: 304,
      },
    ],
    effort,
  );
  await stopPlain();
  await stopProvider();
  if (!signet || !plain || !provider || !signet304 || !plain304) throw new Error("not measured");
  const beside = `${perSecond(signet.rate)} p99 ${inMilliseconds(signet.p99)}`;
  noteAtLeast(
    "JWKS against node:http",
    `${beside}, ${perSecond(plain.rate)} p99 ${inMilliseconds(plain.p99)}`,
    signet.rate / plain.rate,
    [0.6, 0.75],
  );
  noteAtLeast(
    "JWKS against oidc-provider",
    `${beside}, ${perSecond(provider.rate)} p99 ${inMilliseconds(provider.p99)}`,
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

/** The JWKS of many organizations in turn, against that of one of them. */
export async function benchOrganizations({ server, effort }: Bench): Promise<void> {
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
  const paths = Array.from({ length: ORGANIZATIONS }, (_, index) => path(index));
  // What an organization costs when it is asked for the first time is a matter of starts.
  for (const path of paths) await (await fetch(server.url + path)).arrayBuffer();
  // Each connection goes through the list from its beginning; with so few it comes to the end in a second.
  const connections = 8;
  const [one, many] = await measure(
    [
      { name: "one", url: server.url, paths: paths.map(() => path(0)), connections },
      { name: "many", url: server.url, paths, connections },
    ],
    effort,
  );
  if (!one || !many) throw new Error("not measured");
  noteAtLeast(
    "JWKS of 1,000 organizations against one",
    `${perSecond(many.rate)}, ${perSecond(one.rate)}`,
    many.rate / one.rate,
    [0.8, 0.95],
  );
}
