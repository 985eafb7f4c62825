// The benchmarks of the portal: what its pages cost, beside a bare Next page, and what they cost others.
import { execFileSync } from "node:child_process";
import { callApi } from "../support/api-client.ts";
import { type Bench, inMilliseconds, load, measure, perSecond, quantile, say, startPeer, type Target } from "./load.ts";
import { signIn } from "./portal-session.ts";
import { noteAtLeast, noteAtMost } from "./report.ts";

const ROWS = 50;
const NEXT = ["node_modules/next/dist/bin/next"];
const BARE_PAGE = "tests/bench/peers/next-page";

/** JWKS while pages are loaded, against alone; then one page with 50 rows against a bare Next page with 50 rows. */
export async function benchPortal(bench: Bench): Promise<void> {
  const page = await pageWithRows(bench);
  await benchBesidePages(bench, page);
  await benchPage(bench, page);
}

async function pageWithRows({ server, token, organizationId }: Bench): Promise<Target> {
  for (let index = 0; index < ROWS; index += 1) {
    const body = {
      protocol: "saml",
      name: `row ${index}`,
      entity_id: `row:${index}`,
      acs_urls: ["https://row.example/acs"],
    };
    const made = await callApi(server.url, token, { method: "POST", path: "applications", body });
    if (made.status !== 201) throw new Error(`an application was answered ${made.status}: ${made.text}`);
  }
  const url = `${server.url}/orgs/${organizationId}/portal/audit-log`;
  return { name: "page", url, headers: { cookie: await signIn(server) } };
}

async function benchBesidePages({ server, organizationId, effort }: Bench, page: Target): Promise<void> {
  say("JWKS while 4 connections load portal pages …");
  const jwks: Target = { name: "JWKS", url: `${server.url}/orgs/${organizationId}/.well-known/jwks.json` };
  const shares: number[] = [];
  const tails: number[] = [];
  const tailsAlone: number[] = [];
  let numbers = "";
  const fourPages = { ...page, connections: 4 };
  await load(fourPages, 1);
  for (let round = 0; round < effort.rounds; round += 1) {
    const alone = await load(jwks, effort.seconds);
    const [busy, pages] = await Promise.all([load(jwks, effort.seconds), load(fourPages, effort.seconds)]);
    shares.push(busy.rate / alone.rate);
    tails.push(busy.p99);
    numbers = `${perSecond(busy.rate)} busy, ${perSecond(alone.rate)} alone, ${pages.rate.toFixed(0)} pages/s`;
    tailsAlone.push(alone.p99);
  }
  noteAtLeast("JWKS while pages are loaded, against alone", numbers, quantile(shares, 0.5), [0.5, 0.8]);
  const alone = `${inMilliseconds(quantile(tailsAlone, 0.5))} alone`;
  noteAtMost("p99 of JWKS while pages are loaded", alone, quantile(tails, 0.5), [10, 5], "ms");
}

async function benchPage({ effort }: Bench, page: Target): Promise<void> {
  say(`a page with ${ROWS} rows, beside a bare Next page …`);
  execFileSync(process.execPath, [...NEXT, "build", BARE_PAGE], { stdio: "ignore" });
  const url = "http://127.0.0.1:9706/";
  const stop = await startPeer([...NEXT, "start", BARE_PAGE, "-H", "127.0.0.1", "-p", "9706"], url);
  const targets = [page, { name: "bare", url }].map((target) => ({ ...target, connections: 1 }));
  const [signet, bare] = await measure(targets, effort);
  await stop();
  if (!signet || !bare) throw new Error("not measured");
  const numbers = `${perSecond(signet.rate)}, bare ${perSecond(bare.rate)}`;
  noteAtMost("a signed-in page against a bare Next page", numbers, bare.rate / signet.rate, [2, 1.6], "×");
}
