// The benchmark of rotations over HTTP, as the page and careful programs make them.
import { setTimeout } from "node:timers/promises";
import { callApi } from "../support/api-client.ts";
import { type Bench, quantile, say } from "./load.ts";
import { noteAtMost } from "./report.ts";

/** Enough that a few of them, such as the first after a start, do not decide about the 95th percentile alone. */
const ROTATIONS = 100;
/** How long somebody reads the dialog at least; the new pair is made meanwhile. */
const LOOKING_MILLISECONDS = 1000;

/** The time of a rotation. */
export async function benchRotations({ server, token }: Bench): Promise<void> {
  say("rotations over HTTP …");
  const times: number[] = [];
  const signedWith = JSON.parse(Buffer.from(token.split(".", 1)[0] ?? "", "base64url").toString()).kid;
  for (let index = 0; index < ROTATIONS; index += 1) {
    // As the page does: its status comes first, and the click names the key that it saw.
    const { body: seen } = await callApi(server.url, token, { method: "GET", path: "signing-key" });
    await setTimeout(LOOKING_MILLISECONDS);
    const body = { expected_current_kid: seen.current_kid, override_reason: "benchmark" };
    const startedAt = performance.now();
    const answer = await callApi(server.url, token, { method: "POST", path: "signing-key/rotate", body });
    times.push(performance.now() - startedAt);
    if (answer.status !== 200) throw new Error(`rotate answered ${answer.status}: ${answer.text}`);
    // An organization has a few previous keys, not one for every rotation of a benchmark; the bearer's own must stay.
    const dropped = (answer.body.prev_key as { kid: string } | null)?.kid;
    if (dropped !== undefined && dropped !== signedWith) {
      await callApi(server.url, token, { method: "DELETE", path: `signing-key/previous/${dropped}?force=true` });
    }
  }
  const numbers = `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms of ${ROTATIONS}`;
  noteAtMost("rotate over HTTP, p95", numbers, quantile(times, 0.95), [25, 10], "ms");
}
