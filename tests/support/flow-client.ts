// An application that signs people in, as its own program outside would do it: requests, codes, tokens over HTTP.
import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { BrowserClient, Visit } from "./browser-client.ts";
import { type Registration, registerApplication } from "./relying-party.ts";
import type { SignetServer } from "./signet-server.ts";

/** Where codes go. */
export const CALLBACK = "https://app.example/callback?tenant=1";
/** Where people go after a sign-out. */
export const GOODBYE = "https://app.example/bye";
const VERIFIER = "a-verifier-that-is-long-enough-to-be-one-0123456789";

type Asked = Record<string, string | undefined>;
type Json = Record<string, unknown>;

/** A management token that can register applications and rotate keys. */
export function adminToken(server: SignetServer): string {
  const permissions = "applications.manage,certificates.manage";
  return server.command("token", "create", "--org", "acme-corp", "--permissions", permissions);
}

/** A registered application of a running server's default organization. */
export class FlowClient {
  readonly id: string;
  readonly clientId: string;
  readonly #secret: string;
  readonly #issuer: string;

  constructor(issuer: string, { id, clientId, secret }: Registration) {
    this.#issuer = issuer;
    this.id = id;
    this.clientId = clientId;
    this.#secret = secret;
  }

  /** Registers an application for the code and refresh grants. */
  static async create(server: SignetServer, token: string, fields: Json): Promise<FlowClient> {
    const addresses = { redirect_uris: [CALLBACK], post_logout_redirect_uris: [GOODBYE] };
    const registration = await registerApplication(server, token, { ...addresses, ...fields });
    return new FlowClient(`${server.url}/orgs/acme-corp`, registration);
  }

  /** The parameters of a right request with changes; undefined leaves one out. */
  queryOf(asked: Asked = {}): Record<string, string> {
    const all: Asked = {
      client_id: this.clientId,
      redirect_uri: CALLBACK,
      response_type: "code",
      scope: "openid",
      state: "a state",
      code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
      code_challenge_method: "S256",
      ...asked,
    };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }

  /** Leads a browser to the authorization endpoint and as far as it gets without a person. */
  authorize(browser: BrowserClient, asked: Asked = {}): Promise<Visit> {
    return browser.follow(`${this.#issuer}/oauth/authorize?${new URLSearchParams(this.queryOf(asked))}`);
  }

  /** What came back to the application, with what every answer must carry. */
  answerOf(visit: Visit): URLSearchParams {
    expect(visit.status, visit.text.slice(0, 500)).toBe(303);
    expect(visit.location?.startsWith(`${CALLBACK}&`), String(visit.location)).toBe(true);
    expect(visit.headers.get("cache-control")).toBe("no-store");
    const answer = new URL(visit.location ?? "").searchParams;
    expect(answer.get("iss")).toBe(this.#issuer);
    return answer;
  }

  /** The code that came back. */
  codeOf(visit: Visit): string {
    const answer = this.answerOf(visit);
    expect(answer.get("error")).toBeNull();
    expect(answer.get("state")).toBe("a state");
    return answer.get("code") ?? "";
  }

  /** The error that came back. */
  errorOf(visit: Visit): string | null {
    const answer = this.answerOf(visit);
    expect(answer.get("code")).toBeNull();
    return answer.get("error");
  }

  /** Exchanges a code. */
  redeem(code: string): Promise<Json> {
    return this.#ask({ grant_type: "authorization_code", code, redirect_uri: CALLBACK, code_verifier: VERIFIER });
  }

  /** Exchanges a refresh token. */
  refresh(refreshToken: unknown): Promise<Json> {
    return this.#ask({ grant_type: "refresh_token", refresh_token: String(refreshToken) });
  }

  /** The ID token behind the code that came back. */
  async idTokenOf(visit: Visit): Promise<string> {
    const { id_token: idToken, ...rest } = await this.redeem(this.codeOf(visit));
    expect(idToken, JSON.stringify(rest)).toEqual(expect.any(String));
    return String(idToken);
  }

  async #ask(form: Record<string, string>): Promise<Json> {
    const credentials = Buffer.from(`${this.clientId}:${this.#secret}`).toString("base64");
    const response = await fetch(`${this.#issuer}/oauth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams(form),
    });
    return (await response.json()) as Json;
  }
}
