import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi } from "../support/api-client.ts";
import { type SignetServer, startSignetServer } from "../support/signet-server.ts";

describe("revocation across the two processes", () => {
  let server: SignetServer;
  beforeAll(async () => {
    server = await startSignetServer();
  });
  afterAll(() => server.stop());

  it("a token that was given back at the public plane is refused by the management API in the portal at once", async () => {
    const personal = server.command(
      "token",
      "create",
      "--org",
      "acme-corp",
      "--permissions",
      "applications.manage,audit.view",
    );
    const body = { protocol: "oidc", name: "Robot", scopes: ["audit.view"] };
    const made = await callApi(server.url, personal, { method: "POST", path: "applications", body });
    const { client_id, client_secret } = made.body;
    const post = (endpoint: string, form: Record<string, string>): Promise<Response> =>
      fetch(`${server.url}/orgs/acme-corp/oauth/${endpoint}`, {
        method: "POST",
        body: new URLSearchParams({ client_id: String(client_id), client_secret: String(client_secret), ...form }),
      });
    for (let round = 0; round < 5; round += 1) {
      const answer = await post("token", { grant_type: "client_credentials" });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      const read = (): ReturnType<typeof callApi> =>
        callApi(server.url, token, { method: "GET", path: "audit-events" });
      expect((await read()).status).toBe(200);
      expect((await post("revoke", { token })).status).toBe(200);
      expect((await read()).status).toBe(401);
      expect(await (await post("introspect", { token })).json()).toEqual({ active: false });
    }
  });
});
