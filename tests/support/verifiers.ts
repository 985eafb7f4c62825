// Three verifiers that nobody here wrote: jwks-rsa with jsonwebtoken, jose, and Debian's python3-jwt.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from "jose";
import jwt, { type Algorithm } from "jsonwebtoken";
import jwksRsa from "jwks-rsa";

const run = promisify(execFile);
const ALGORITHMS: Algorithm[] = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];
/** What jwks-rsa asks at most per minute unless it is told otherwise. */
const JWKS_REQUESTS_PER_MINUTE = 10;

/** What a verifier needs to know about an issuer. */
export type Issuer = { issuer: string; jwksUrl: string; audience: string };

/** One verifier: resolves to the token's subject, rejects when the token does not verify. `fetches` counts JWKS requests. */
export type Verifier = { name: string; verify: (token: string) => Promise<string>; fetches: () => number };

/** The verifiers that a Node service would use, with their caches; a new one knows nothing yet. */
export function createNodeVerifiers(issuer: Issuer, jwksRequestsPerMinute = JWKS_REQUESTS_PER_MINUTE): Verifier[] {
  return [joseVerifier(issuer), jwksRsaVerifier(issuer, jwksRequestsPerMinute)];
}

/** All three, each with an empty cache. */
export function createVerifiers(issuer: Issuer): Verifier[] {
  return [...createNodeVerifiers(issuer), pyJwtVerifier(issuer)];
}

function joseVerifier({ issuer, jwksUrl, audience }: Issuer): Verifier {
  let fetches = 0;
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: 0,
    [customFetch]: (url: string, options: RequestInit) => {
      fetches += 1;
      return fetch(url, options);
    },
  });
  return {
    name: "jose",
    fetches: () => fetches,
    verify: async (token) => String((await jwtVerify(token, keys, { issuer, audience })).payload.sub),
  };
}

function jwksRsaVerifier({ issuer, jwksUrl, audience }: Issuer, jwksRequestsPerMinute: number): Verifier {
  let fetches = 0;
  const client = jwksRsa({
    jwksUri: jwksUrl,
    cache: true,
    rateLimit: true,
    jwksRequestsPerMinute,
    fetcher: async (url) => {
      fetches += 1;
      return (await fetch(url)).json();
    },
  });
  return {
    name: "jwks-rsa",
    fetches: () => fetches,
    verify: async (token) => {
      const key = await client.getSigningKey(decodeProtectedHeader(token).kid);
      return String(jwt.verify(token, key.getPublicKey(), { issuer, audience, algorithms: ALGORITHMS }).sub);
    },
  };
}

function pyJwtVerifier({ issuer, jwksUrl, audience }: Issuer): Verifier {
  let fetches = 0;
  return {
    name: "python3-jwt",
    fetches: () => fetches,
    verify: async (token) => {
      fetches += 1;
      const script = ["tests/support/verify_with_pyjwt.py", jwksUrl, token, audience, issuer];
      return (await run("/usr/bin/python3", script)).stdout.trim();
    },
  };
}
