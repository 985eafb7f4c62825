import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { rotateSigningKey } from "#lib/keys/service.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";
import { createTestOrganization, describeOnEveryDatabase, useEnvironment } from "../support/database.ts";

describeOnEveryDatabase("storage that is silent instead of refusing", (fixture) => {
  // SQLite is a file: it answers or fails.
  const isRemote = fixture.provider === "postgresql";
  let wire: Wire | undefined;

  afterEach(async () => {
    wire?.close();
    await useEnvironment({ DATABASE_URL: fixture.url });
  });

  it("R10: what was loaded before is served within seconds, and fresh again once storage answers", async () => {
    const owner = await createTestOrganization("silent");
    wire = isRemote ? await startWire(fixture.url) : undefined;
    await useEnvironment({ DATABASE_URL: wire?.url ?? fixture.url });
    const before = await getTokenSigner("silent");
    wire?.pause();
    await setTimeout(2100);
    const startedAt = performance.now();
    expect((await getTokenSigner("silent")).kid).toBe(before.kid);
    expect(performance.now() - startedAt).toBeLessThan(4000);
    wire?.resume();
    const { current_kid } = await rotateSigningKey(owner, { algorithm: "ES256" });
    await vi.waitFor(async () => expect((await getTokenSigner("silent")).kid).toBe(current_kid), 5000);
  });
});

type Wire = { url: string; pause: () => void; resume: () => void; close: () => void };

/** Passes bytes on to the database, and holds them back while it is paused. */
async function startWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<ReturnType<typeof connect>>();
  let isPaused = false;
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      if (isPaused) from.pause();
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  const each = (act: (socket: ReturnType<typeof connect>) => unknown): void => sockets.forEach(act);
  return {
    url: url.href,
    pause: () => {
      isPaused = true;
      each((socket) => socket.pause());
    },
    resume: () => {
      isPaused = false;
      each((socket) => socket.resume());
    },
    close: () => {
      each((socket) => socket.destroy());
      server.close();
    },
  };
}
