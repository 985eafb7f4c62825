// Refreshes in chains, each answer's refresh token in the next request, and prints requests a second and milliseconds as
// JSON. Takes { url, authorization, tokens, seconds } as JSON; one chain for each token.
import { Agent, request } from "node:http";

const { url, authorization, tokens, seconds } = JSON.parse(process.argv[2] ?? "{}");
const agent = new Agent({ keepAlive: true, maxSockets: tokens.length });
const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
const times = [];
let failures = 0;
const end = performance.now() + seconds * 1000;

function refresh(token) {
  const body = `grant_type=refresh_token&refresh_token=${encodeURIComponent(token)}`;
  return new Promise((resolve, reject) => {
    const options = { agent, method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } };
    const sent = request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function follow(first) {
  let token = first;
  while (performance.now() < end) {
    const startedAt = performance.now();
    const { status, text } = await refresh(token);
    if (status !== 200) {
      failures += 1;
      process.stderr.write(`${status} ${text.slice(0, 200)}\n`);
      return token;
    }
    times.push(performance.now() - startedAt);
    token = JSON.parse(text).refresh_token ?? token;
  }
  return token;
}

const last = await Promise.all(tokens.map(follow));
agent.destroy();
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
process.stdout.write(
  JSON.stringify({ rate: times.length / seconds, p50: at(0.5), p99: at(0.99), failures, tokens: last }),
);
