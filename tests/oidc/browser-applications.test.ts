// Applications whose scripts run in a browser: https://fetch.spec.whatwg.org/#http-cors-protocol
import { beforeAll, expect, it } from "vitest";
import { updateApplication } from "#lib/applications/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { AppError } from "#lib/errors.ts";
import type { Endpoint } from "#lib/http/endpoint.ts";
import { answerBrowserApplications } from "#lib/oidc/browser-applications.ts";
import { introspectionEndpoint } from "#lib/oidc/introspection-endpoint.ts";
import { revocationEndpoint } from "#lib/oidc/revocation-endpoint.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { callEndpoint } from "../support/endpoint.ts";
import type { TestClient } from "../support/oidc-client.ts";
import { createSignInClient, grantCode, REDIRECT_URI, VERIFIER } from "../support/sign-in-client.ts";

const CONTENT_TYPE = { "content-type": "application/x-www-form-urlencoded" };
const HOME = new URL(REDIRECT_URI).origin;
const STRANGERS = ["https://stranger.example", "https://server.example", `${HOME}:8443`, "http://app.example", "null"];

describeOnEveryDatabase("the scripts of a public client", () => {
  let owner: Actor;
  let script: TestClient;

  beforeAll(async () => {
    owner = await createTestOrganization("acme-corp");
    await createTestOrganization("other-corp");
    const redirect_uris = [REDIRECT_URI, "com.example.app:/callback"];
    script = await createSignInClient(owner, { name: "Script", confidential: false, redirect_uris });
    await createSignInClient(owner, { name: "Server", redirect_uris: ["https://server.example/callback"] });
  });

  function ask(
    endpoint: Endpoint,
    {
      origin,
      form = {},
      method = "POST",
      orgId = "acme-corp",
    }: Record<"origin", string> & {
      form?: Record<string, string>;
      method?: string;
      orgId?: string;
    },
  ): ReturnType<typeof callEndpoint> {
    const body = new URLSearchParams({ client_id: script.clientId, ...form }).toString();
    return callEndpoint(endpoint, { orgId, method, headers: { ...CONTENT_TYPE, origin }, body });
  }

  async function redeemFrom(origin: string): ReturnType<typeof callEndpoint> {
    const code = await grantCode(script, owner.userId ?? "");
    const form = { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    return ask(tokenEndpoint, { origin, form });
  }

  it("L1: read their tokens, their errors and the end of their tokens where they are registered", async () => {
    const { status, headers, json } = await redeemFrom(HOME);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "access-control-allow-origin": HOME, vary: "Origin", "cache-control": "no-store" });
    const form = { grant_type: "refresh_token", refresh_token: "none" };
    const refused = await ask(tokenEndpoint, { origin: HOME, form });
    expect(refused).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect(refused.headers["access-control-allow-origin"]).toBe(HOME);
    const given = await ask(revocationEndpoint, { origin: HOME, form: { token: String(json.refresh_token) } });
    expect(given).toMatchObject({ status: 200, json: {} });
    expect(given.headers["access-control-allow-origin"]).toBe(HOME);
  });

  it.each([
    ["token", tokenEndpoint],
    ["revocation", revocationEndpoint],
  ])("ask the %s endpoint first what they may send", async (_name, endpoint) => {
    const { status, headers } = await ask(endpoint, { origin: HOME, method: "OPTIONS" });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": HOME,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "authorization, content-type",
    });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
  });

  it("read a refusal that was thrown on the way, and when to come back", async () => {
    const request = {
      method: "POST",
      params: { orgId: "acme-corp" },
      query: new URLSearchParams(),
      header: (name: string) => (name === "origin" ? HOME : undefined),
      body: Buffer.from(""),
      remoteAddress: "127.0.0.1",
    };
    const answer = await answerBrowserApplications(request, () => {
      throw new AppError("request.too_many", "Too much.", { details: { retry_after: 3 } });
    });
    expect(answer).toMatchObject({
      status: 429,
      headers: {
        "access-control-allow-origin": HOME,
        "access-control-expose-headers": "retry-after",
        "retry-after": "3",
      },
    });
  });

  it.each(STRANGERS)("read nothing from %s", async (origin) => {
    for (const method of ["POST", "OPTIONS"]) {
      for (const endpoint of [tokenEndpoint, revocationEndpoint]) {
        const { headers } = await ask(endpoint, { origin, method });
        expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    }
  });

  it("read nothing of another organization, and nothing any more once their address is gone", async () => {
    const foreign = await ask(tokenEndpoint, { origin: HOME, orgId: "other-corp", method: "OPTIONS" });
    expect(foreign.headers).not.toHaveProperty("access-control-allow-origin");
    expect((await ask(tokenEndpoint, { origin: HOME, orgId: "nowhere" })).status).toBe(404);
    const moving = await createSignInClient(owner, { confidential: false, redirect_uris: ["https://old.example/cb"] });
    const from = { origin: "https://old.example", method: "OPTIONS" };
    expect((await ask(tokenEndpoint, from)).headers).toHaveProperty("access-control-allow-origin");
    await updateApplication(owner, { id: moving.id, redirect_uris: ["https://new.example/cb"] });
    expect((await ask(tokenEndpoint, from)).headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("have no say at the introspection endpoint", async () => {
    expect(introspectionEndpoint.methods).toEqual(["POST"]);
    expect((await ask(introspectionEndpoint, { origin: HOME })).headers).not.toHaveProperty(
      "access-control-allow-origin",
    );
  });
});
