// What survives kill -9: the invariant of the slots, every token that was handed out, and the machine endpoints.
import { setTimeout } from "node:timers/promises";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, fetchAccessToken } from "../support/api-client.ts";
import { kill, type SignetServer, startSignetServer, untilAnswers } from "../support/signet-server.ts";

const ORGANIZATION = "acme-corp";
const CRASHES = 20;
const PAGES_BACK_WITHIN_MILLISECONDS = 5000;

type Client = { id: string; secret: string };

async function createClient(server: SignetServer, admin: string): Promise<Client> {
  const { body } = await callApi(server.url, admin, {
    method: "POST",
    path: "applications",
    body: { name: "Crash test", protocol: "oidc", grant_types: ["client_credentials"] },
  });
  return { id: String(body.client_id), secret: String(body.client_secret) };
}

describe("crashes", () => {
  let server: SignetServer;
  let admin: string;
  let client: Client;

  beforeAll(async () => {
    server = await startSignetServer();
    admin = server.command(
      "token",
      "create",
      "--org",
      ORGANIZATION,
      "--permissions",
      "certificates.manage,applications.manage",
    );
    client = await createClient(server, admin);
  });
  afterAll(() => server?.stop());

  async function verifyAll(tokens: Set<string>): Promise<void> {
    const jwks = await (await fetch(`${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`)).json();
    const keys = createLocalJWKSet(jwks);
    for (const token of tokens) await jwtVerify(token, keys);
  }

  /** Rotates and issues without pause until the server is gone. */
  async function rotateAndIssue(tokens: Set<string>): Promise<void> {
    const rotating = (async () => {
      for (;;) {
        await callApi(server.url, admin, {
          method: "POST",
          path: "signing-key/rotate",
          body: { override_reason: "crash" },
        });
      }
    })().catch(() => undefined);
    const issuing = (async () => {
      for (;;) tokens.add(await fetchAccessToken(server.url, ORGANIZATION, client));
    })().catch(() => undefined);
    await Promise.all([rotating, issuing]);
  }

  it(`R1, R4, G6: kill -9 in the middle of rotations, ${CRASHES} times, leaves one current and one next key and every token verifies`, async () => {
    const tokens = new Set<string>();
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      const work = rotateAndIssue(tokens);
      await setTimeout(200 + Math.random() * 600);
      await server.crash();
      await work;
      await server.restart();
      const { status, body } = await callApi(server.url, admin, { path: "signing-key" });
      expect(status).toBe(200);
      expect(body.current_kid).not.toBe(body.next_kid);
      await verifyAll(tokens);
    }
    expect(tokens.size).toBeGreaterThan(CRASHES);
  }, 600_000);

  it("the portal killed with -9 under load: no JWKS or token request fails, and pages are back within 5 s", async () => {
    const failures: string[] = [];
    let answered = 0;
    let isRunning = true;
    const load = async (): Promise<void> => {
      while (isRunning) {
        try {
          const response = await fetch(`${server.url}/orgs/${ORGANIZATION}/.well-known/jwks.json`);
          await response.arrayBuffer();
          if (response.status !== 200) failures.push(`JWKS ${response.status}`);
          await fetchAccessToken(server.url, ORGANIZATION, client);
          answered += 2;
        } catch (error) {
          failures.push(String(error));
        }
      }
    };
    const running = Array.from({ length: 8 }, load);
    for (let round = 0; round < 3; round += 1) {
      await setTimeout(500);
      const portal = server.portalPid();
      expect(portal).toBeGreaterThan(0);
      const killedAt = performance.now();
      kill(portal);
      await setTimeout(50);
      await untilAnswers(`${server.url}/sign-in`, null, server.output);
      expect(performance.now() - killedAt).toBeLessThan(PAGES_BACK_WITHIN_MILLISECONDS);
    }
    isRunning = false;
    await Promise.all(running);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  }, 120_000);
});
