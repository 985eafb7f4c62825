// openid-client 5 as next-auth carries it: another implementation than version 6, and what many portals sign in with.
import { createRequire } from "node:module";

type Parameters = Record<string, string | number | undefined>;
type Tokens = { access_token: string; refresh_token: string; id_token: string; claims: () => { sub: string } };

/** An issuer that was discovered, with what makes a client of it. */
export type OlderIssuer = { Client: new (metadata: Record<string, unknown>) => OlderClient };

/** What the tests ask of a client; signatures and claims of ID tokens are checked by it. */
export type OlderClient = {
  authorizationUrl: (parameters: Parameters) => string;
  callbackParams: (address: string) => Parameters;
  callback: (redirectUri: string, parameters: Parameters, checks: Parameters) => Promise<Tokens>;
  userinfo: (tokens: Tokens) => Promise<Record<string, unknown>>;
  refresh: (tokens: Tokens) => Promise<Tokens>;
  introspect: (token: string) => Promise<Record<string, unknown>>;
  revoke: (token: string) => Promise<void>;
  endSessionUrl: (parameters: Parameters) => string;
};

type OlderOpenidClient = {
  Issuer: { discover: (issuer: string) => Promise<OlderIssuer> };
  generators: Record<"codeVerifier" | "state" | "nonce", () => string> & {
    codeChallenge: (verifier: string) => string;
  };
};

/** Loads the package from where next-auth finds it. */
export function olderOpenidClient(): OlderOpenidClient {
  const ofNextAuth = createRequire(createRequire(import.meta.url).resolve("next-auth"));
  return ofNextAuth("openid-client") as OlderOpenidClient;
}
