import "server-only";
// Tells whoever runs Signet whether the process lives, and whether it can do its work.
import { setTimeout } from "node:timers/promises";
import { sql } from "../db/client.ts";
import { readRows } from "../db/statements.ts";
import type { Endpoint, EndpointResponse } from "../http/endpoint.ts";
import { log } from "../log.ts";
import { startState } from "../start-state.ts";

const DATABASE_TIMEOUT_MILLISECONDS = 2000;
const HEADERS = { "content-type": "application/json", "cache-control": "no-store" };

/** Liveness: the process answers; no storage is asked, so that an outage of it does not restart the process. */
export const livenessEndpoint: Endpoint = {
  methods: ["GET"],
  answer: () => reply(200, { status: "ok" }),
};

/** Readiness: the start is complete (migrations, master key), the process is not stopping, and storage answers. */
export const readinessEndpoint: Endpoint = {
  methods: ["GET"],
  answer: async () => {
    const start = startState();
    const isStorageUp = start === "started" && (await doesStorageAnswer());
    const checks = { start, storage: isStorageUp ? "ok" : "unavailable" };
    return isStorageUp ? reply(200, { status: "ok", checks }) : reply(503, { status: "unavailable", checks });
  },
};

async function doesStorageAnswer(): Promise<boolean> {
  const cancel = new AbortController();
  try {
    const answered = readRows(sql`SELECT 1`)
      .then(() => true)
      .catch((error: unknown) => {
        log().warn({ err: error }, "storage did not answer the readiness check");
        return false;
      });
    const late = setTimeout(DATABASE_TIMEOUT_MILLISECONDS, false, { signal: cancel.signal }).catch(() => false);
    return await Promise.race([answered, late]);
  } finally {
    cancel.abort();
  }
}

function reply(status: number, body: object): EndpointResponse {
  return { status, headers: HEADERS, body: JSON.stringify(body) };
}
