import "server-only";
// The doors of next-auth under /api/auth, over the same sign-in as the page: nothing is decided here.
import { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "../env.ts";
import { AppError, isAppError } from "../errors.ts";
import { log } from "../log.ts";
import { isSecureSite, secretOf, sessionCookie } from "./cookie.ts";
import { requestOrigin } from "./request-origin.ts";
import { signInSchema } from "./schema.ts";
import { findSignedIn, signIn, signOut } from "./service.ts";
import { ABSOLUTE_LIMIT_SECONDS } from "./session.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

const MAXIMUM_BODY_BYTES = 16 * 1024;
const ACTIONS = new Set(["csrf", "providers", "session", "signin", "callback", "signout", "error"]);

/**
 * Answers a request under /api/auth.
 * @throws request.too_large request.malformed request.not_found request.method_not_allowed
 * @throws auth.throttled and storage errors, which next-auth would hide
 */
export async function answerNextAuth(request: NextRequest, context: Context): Promise<Response> {
  const [action = ""] = (await context.params).nextauth;
  // The others show pages of next-auth's own, or write what a stranger says into the log.
  if (!ACTIONS.has(action)) throw new AppError("request.not_found", "There is nothing at this path.");
  if (action === "callback" && request.method !== "POST") {
    throw new AppError("request.method_not_allowed", "Only POST can be used here.");
  }
  const failure: { error: unknown } = { error: null };
  const response = await ask(await withReadBody(request), context, options(failure));
  if (failure.error !== null) throw failure.error;
  response.headers.set("cache-control", "no-store");
  return response;
}

/** The same request with its body in memory; next-auth would read a body of any length, whatever Content-Length says. */
async function withReadBody(request: NextRequest): Promise<NextRequest> {
  if (request.body === null) return request;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MAXIMUM_BODY_BYTES) {
      throw new AppError("request.too_large", `The body is larger than ${MAXIMUM_BODY_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  return new NextRequest(request.url, {
    method: request.method,
    headers: request.headers,
    body: Buffer.concat(chunks),
  });
}

async function ask(request: NextRequest, context: Context, authOptions: NextAuthOptions): Promise<Response> {
  try {
    return await NextAuth(request as never, context as never, authOptions);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError("request.malformed", "The body is not valid JSON.", { cause: error });
  }
}

function options(failure: { error: unknown }): NextAuthOptions {
  return {
    secret: env().nextAuthSecret,
    useSecureCookies: isSecureSite(),
    cookies: { sessionToken: sessionCookie() },
    session: { strategy: "jwt", maxAge: ABSOLUTE_LIMIT_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { label: "Email", type: "email" }, password: { label: "Password", type: "password" } },
        authorize: (credentials) => authorize(credentials, failure),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        if (user) return { sub: user.id, secret: secretOf(user) };
        const secret = secretOf(token);
        if (secret !== null && (await findSignedIn(secret))) return token;
        throw new AppError("auth.unauthenticated", "The session has ended.");
      },
      session: async ({ token }) => {
        const signedIn = await findSignedIn(secretOf(token) ?? "");
        if (!signedIn) throw new AppError("auth.unauthenticated", "The session has ended.");
        const { email, name } = signedIn.user;
        return { user: { email, name }, expires: signedIn.expiresAt.toISOString() };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const secret = secretOf(token);
        if (secret !== null) await signOut(secret, await requestOrigin());
      },
    },
    logger: {
      error: (code) => log().warn({ code }, "next-auth reports an error"),
      warn: (code) => log().debug({ code }, "next-auth warns"),
      debug: () => undefined,
    },
  };
}

async function authorize(
  credentials: Record<string, string> | undefined,
  failure: { error: unknown },
): Promise<{ id: string; email: string; name: string; secret: string } | null> {
  const parsed = signInSchema.safeParse(credentials);
  if (!parsed.success) return null;
  try {
    const started = await signIn(parsed.data, await requestOrigin());
    return { ...started.user, secret: started.secret };
  } catch (error) {
    if (!isAppError(error, "auth.bad_credentials")) failure.error = error;
    return null;
  }
}
