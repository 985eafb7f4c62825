import "server-only";
// Hears on PostgreSQL what other machines changed, by LISTEN on a connection of its own that comes back when it breaks.
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { log } from "../log.ts";
import { EVERY_ORGANIZATION, receiveOrganizationChanged } from "./changes.ts";
import { CHANGE_CHANNEL } from "./transaction.ts";

const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5000;
const CONNECT_TIMEOUT_MILLISECONDS = 5000;

/** Listens until the returned function is called; what was missed while there was no connection counts as "anything". */
export function listenForChanges(url: string): () => Promise<void> {
  const stop = new AbortController();
  let current: Client | null = null;
  const listening = (async (): Promise<void> => {
    let pause = FIRST_PAUSE_MILLISECONDS;
    while (!stop.signal.aborted) {
      const client = new Client({
        connectionString: url,
        keepAlive: true,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MILLISECONDS,
        application_name: "signet changes",
      });
      current = client;
      try {
        await listenOnce(client, () => {
          pause = FIRST_PAUSE_MILLISECONDS;
        });
      } catch (error) {
        if (!stop.signal.aborted) log().warn({ err: error }, "lost the connection that announces changes");
      }
      await client.end().catch(() => undefined);
      await setTimeout(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS);
    }
  })();
  return async () => {
    stop.abort();
    await current?.end().catch(() => undefined);
    await listening;
  };
}

/** Resolves or rejects when the connection ends. */
async function listenOnce(client: Client, onListening: () => void): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("end", resolve);
  });
  // The end can come while `connect` is still waiting, which then says so itself.
  ended.catch(() => undefined);
  client.on("notification", ({ payload }) => receiveOrganizationChanged(payload || EVERY_ORGANIZATION));
  await client.connect();
  await client.query(`LISTEN ${CHANGE_CHANNEL}`);
  receiveOrganizationChanged(EVERY_ORGANIZATION);
  onListening();
  await ended;
}
