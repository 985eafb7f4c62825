// An application whose people sign in with the unmodified next-auth 4, as its documentation configures a provider of OpenID Connect.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

type Cookies = Record<string, string>;
type Asked = { action: string; method: "GET" | "POST"; query?: Record<string, string>; body?: Record<string, string> };
type Answer = { redirect?: string; body?: unknown; cookies?: { name: string; value: string }[] };
type AuthHandler = (call: { req: Record<string, unknown>; options: Record<string, unknown> }) => Promise<Answer>;

/** Whom next-auth believes to be signed in to the application; an empty object means nobody. */
export type NextAuthSession = { user?: { name?: string; email?: string }; subject?: string };

const PROVIDER = "signet";

/** The application's server, and the cookies that one browser holds of it. */
export class NextAuthApplication {
  /** Where an application below `origin` is sent its codes; next-auth reads `origin` from NEXTAUTH_URL. */
  static callbackOf(origin: string): string {
    return `${origin}/api/auth/callback/${PROVIDER}`;
  }

  readonly #handler = loadHandler();
  readonly #options: Record<string, unknown>;
  #cookies: Cookies = {};

  constructor({ issuer, clientId, secret }: Record<"issuer" | "clientId" | "secret", string>) {
    const provider = {
      id: PROVIDER,
      name: "Signet",
      type: "oauth",
      wellKnown: `${issuer}/.well-known/openid-configuration`,
      authorization: { params: { scope: "openid profile email" } },
      idToken: true,
      checks: ["pkce", "state", "nonce"],
      userinfo: { request: ({ client, tokens }: UserinfoCall) => client.userinfo(tokens) },
      profile: ({ sub, name, email }: Cookies) => ({ id: sub, name, email }),
      ...{ clientId, clientSecret: secret },
    };
    const session = ({ session, token }: { session: object; token: { sub: string } }) => ({
      ...session,
      subject: token.sub,
    });
    const logger = { error: () => undefined };
    this.#options = { secret: "the application's own", providers: [provider], callbacks: { session }, logger };
  }

  /** Presses the button to sign in; answers with where the browser is sent. */
  async beginSignIn(): Promise<string> {
    const { body } = await this.#call({ action: "csrf", method: "GET" });
    const { csrfToken } = body as { csrfToken: string };
    const { redirect } = await this.#call({ action: "signin", method: "POST", body: { csrfToken } });
    return redirect ?? "";
  }

  /** Comes back with what the issuer answered; the address that follows names an error, if there was one. */
  async finishSignIn(location: string): Promise<string> {
    const query = Object.fromEntries(new URL(location).searchParams);
    return (await this.#call({ action: "callback", method: "GET", query })).redirect ?? "";
  }

  /** Who is signed in. */
  async readSession(): Promise<NextAuthSession> {
    return (await this.#call({ action: "session", method: "GET" })).body as NextAuthSession;
  }

  async #call(asked: Asked): Promise<Answer> {
    const req = { providerId: PROVIDER, headers: {}, cookies: this.#cookies, ...asked };
    const answer = await this.#handler({ req, options: this.#options });
    for (const { name, value } of answer.cookies ?? []) this.#cookies = { ...this.#cookies, [name]: value };
    return answer;
  }
}

type UserinfoCall = { client: { userinfo: (tokens: unknown) => Promise<unknown> }; tokens: unknown };

/** The part that knows nothing of the framework around it; the package does not export it by name. */
function loadHandler(): AuthHandler {
  const require = createRequire(import.meta.url);
  return (require(join(dirname(require.resolve("next-auth")), "core/index.js")) as { AuthHandler: AuthHandler })
    .AuthHandler;
}
