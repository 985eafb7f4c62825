// Three verifiers that nobody here wrote: jwks-rsa (with node's crypto), jose, and Debian's python3-jwt.
import { execFile } from "node:child_process";
import { createVerify } from "node:crypto";
import { promisify } from "node:util";
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from "jose";
import jwksRsa from "jwks-rsa";

const run = promisify(execFile);

/** What a verifier needs to know about an issuer. */
export type Issuer = { issuer: string; jwksUrl: string; audience: string };

/** One verifier: resolves to the token's subject, rejects when the token does not verify. `fetches` counts JWKS requests. */
export type Verifier = { name: string; verify: (token: string) => Promise<string>; fetches: () => number };

/** The verifiers that a Node service would use, with their caches; a new one knows nothing yet. */
export function createNodeVerifiers(issuer: Issuer): Verifier[] {
  return [joseVerifier(issuer), jwksRsaVerifier(issuer)];
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

function jwksRsaVerifier({ issuer, jwksUrl, audience }: Issuer): Verifier {
  let fetches = 0;
  const client = jwksRsa({
    jwksUri: jwksUrl,
    cache: true,
    rateLimit: true,
    fetcher: async (url) => {
      fetches += 1;
      return (await fetch(url)).json();
    },
  });
  return {
    name: "jwks-rsa",
    fetches: () => fetches,
    verify: async (token) => {
      const { kid, alg } = decodeProtectedHeader(token);
      const key = await client.getSigningKey(kid);
      const [header, payload, signature] = token.split(".");
      const verified = createVerify(`sha${String(alg).slice(2)}`)
        .update(`${header}.${payload}`)
        .verify(
          { key: key.getPublicKey(), ...(alg?.startsWith("ES") ? { dsaEncoding: "ieee-p1363" as const } : {}) },
          Buffer.from(signature ?? "", "base64url"),
        );
      const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
      if (!verified || claims.iss !== issuer || claims.aud !== audience) throw new Error("does not verify");
      return claims.sub;
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
