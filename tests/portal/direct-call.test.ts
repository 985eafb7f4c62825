// A call that is answered without Next is answered as Next answers it: the first call of a route goes through Next, the next one does not.
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";

/** Next says this of whatever passes through it. */
const SIGN_OF_NEXT = "next-router-state-tree";

let server: SignetServer;
let token = "";

beforeAll(async () => {
  server = await startSignetServer();
  token = server.command("token", "create", "--org", "acme-corp", "--permissions", "certificates.manage");
});
afterAll(() => server.stop());

type Answer = { status: number; headers: Record<string, string>; body: unknown; isOfNext: boolean };

async function ask(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1/admin/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const { vary = "", ...own } = Object.fromEntries(response.headers);
  for (const name of ["date", "x-request-id", "content-length", "transfer-encoding"]) delete own[name];
  const { request_id: _id, server_time: _now, ...told } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: own, body: told, isOfNext: vary.includes(SIGN_OF_NEXT) };
}

describe("a call of the management API without Next", () => {
  const calls: [string, string, string, string?, Record<string, string>?][] = [
    ["a change", "POST", "signing-key/rotate?dry_run=true", "{}"],
    ["a refused field", "POST", "certificates/preview", `{"no_such_field": 1}`],
    ["a body that is no JSON", "PUT", "signing-key/next", "{"],
    ["a body that is too large", "POST", "certificates/upload", `{"name": "${"x".repeat(300_000)}"}`],
    ["another type of body", "POST", "certificates", "name=x", { "content-type": "text/plain" }],
    ["no body", "DELETE", "signing-key/previous"],
    ["a stranger", "POST", "sessions/revoke", "{}", { authorization: "Bearer nobody" }],
    ["a method that there is not", "PATCH", "tokens", "{}"],
  ];
  for (const [what, ...call] of calls) {
    it(`answers ${what} as Next does`, async () => {
      const [first, second] = [await ask(...call), await ask(...call)];
      expect([first.isOfNext, second.isOfNext]).toEqual([true, false]);
      expect(second).toEqual({ ...first, isOfNext: false });
    });
  }

  it("leaves to Next what is asked for, what has parameters, and every other way to write a path", async () => {
    for (let times = 0; times < 2; times += 1) {
      expect((await ask("GET", "signing-key")).isOfNext).toBe(true);
      expect((await ask("DELETE", "certificates/unknown")).isOfNext).toBe(true);
      expect((await ask("POST", "signing-key/%72otate?dry_run=true", "{}")).isOfNext).toBe(true);
    }
  });

  it("takes a connection further after a body that was refused half-way, and survives one that breaks off", async () => {
    const { port } = new URL(server.url);
    const head = `POST /api/v1/admin/certificates HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`;
    for (let times = 0; times < 3; times += 1) {
      const socket = connect(Number(port), "127.0.0.1");
      socket.write(`${head}content-length: 1000\r\n\r\n{"name": "half`);
      await once(socket, "connect");
      socket.destroy();
    }
    const large = `{"name": "${"x".repeat(400_000)}"}`;
    expect(await Promise.all([1, 2, 3].map(async () => (await ask("POST", "certificates", large)).status))).toEqual([
      413, 413, 413,
    ]);
    expect((await ask("POST", "signing-key/rotate?dry_run=true", "{}")).status).toBe(200);
    expect(server.output()).not.toContain('"level":"error"');
  });
});
