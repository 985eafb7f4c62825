// What a soak does all the time: an administrator, machines, people, and verifiers that nobody here wrote.
import * as openid from "openid-client";
import { callApi } from "../support/api-client.ts";
import { discover, type Registration, registerApplication, signIn } from "../support/relying-party.ts";
import type { SignetServer } from "../support/signet-server.ts";
import { createNodeVerifiers, type Verifier } from "../support/verifiers.ts";
import { type LiveToken, LiveTokens } from "./live-tokens.ts";
import type { SoakRecord } from "./record.ts";

/** Every second key; the other one is already published when its turn comes. */
const ALGORITHMS = ["ES256", "RS256"];
const SHORT_SECONDS = 20;
/** With a token of the short kind first, the horizon of a key ends just behind the last of these. */
const LONG_SECONDS = 75;
const LONG_EVERY = 10;
const SIGN_INS_KEPT = 6;
/** A verifier of five remembered keys asks for most of those that live here again and again. */
const JWKS_REQUESTS_PER_MINUTE = 100_000;

/** One thing to do again and again. */
export type Work = () => Promise<void>;
type PreviousKey = { kid: string; safe_to_drop: boolean };
type Soak = {
  server: SignetServer;
  admin: string;
  record: SoakRecord;
  tokens: LiveTokens;
  dropped: Map<string, number>;
};

/** Registers the applications, and gives what is to be done by whom. */
export async function prepareWork(
  server: SignetServer,
  record: SoakRecord,
): Promise<Record<"rotate" | "issue" | "signIn" | "refresh" | "verify", Work>> {
  const permissions = "applications.manage,certificates.manage";
  const admin = server.command("token", "create", "--org", "acme-corp", "--permissions", permissions);
  const soak = { server, admin, record, tokens: new LiveTokens(), dropped: new Map<string, number>() };
  const rotate = rotating(soak);
  // From here on both algorithms are published, and so the clients discover both.
  await rotate();
  const issuer = `${server.url}/orgs/acme-corp`;
  const machine = { grant_types: ["client_credentials"], redirect_uris: [], post_logout_redirect_uris: [] };
  const register = (name: string, seconds: number, fields = {}): Promise<Registration> =>
    registerApplication(server, admin, {
      ...{ name, token_expiry_secs: seconds, id_token_expiry_secs: seconds },
      ...fields,
    });
  const people = await register("People", SHORT_SECONDS);
  const [short, long, application] = await Promise.all([
    discover(issuer, await register("Machine", SHORT_SECONDS, machine)),
    discover(issuer, await register("Slow machine", LONG_SECONDS, machine)),
    discover(issuer, people),
  ]);
  const { signIn, refresh } = signingIn(soak, application);
  const verify = verifying(soak, { issuer, clientId: people.clientId, resource: short });
  return { rotate, issue: issuing(soak, short, long), signIn, refresh, verify };
}

/** Rotates with a reason, then drops what is safe, as the status says. */
function rotating({ server, admin, record, dropped }: Soak): Work {
  let rounds = 0;
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await callApi(server.url, admin, { method, path, ...(body === undefined ? {} : { body }) });
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  return async () => {
    const algorithm = ALGORITHMS[rounds % ALGORITHMS.length];
    rounds += 1;
    const seen = await call("GET", "signing-key");
    const body = { expected_current_kid: seen.current_kid, algorithm, override_reason: `soak, rotation ${rounds}` };
    const status = await call("POST", "signing-key/rotate", body);
    if (status.current_kid !== seen.next_kid) throw new Error(`${status.current_kid} signs, not ${seen.next_kid}`);
    record.count("rotated");
    const safe = (status.prev_keys as PreviousKey[]).filter(({ safe_to_drop }) => safe_to_drop);
    for (const { kid } of safe) {
      dropped.set(kid, Date.now());
      await call("DELETE", `signing-key/previous/${kid}`);
      record.count("dropped");
    }
  };
}

function issuing({ record, tokens }: Soak, short: openid.Configuration, long: openid.Configuration): Work {
  let rounds = 0;
  return async () => {
    rounds += 1;
    const { access_token: token } = await openid.clientCredentialsGrant(rounds % LONG_EVERY === 0 ? long : short);
    record.count("issued");
    tokens.add(token, "machine");
  };
}

/** New sign-ins, and one refresh after the other for all of them; the oldest gives its tokens back when there are many. */
function signingIn({ record, tokens }: Soak, application: openid.Configuration): { signIn: Work; refresh: Work } {
  const signIns: string[] = [];
  const keep = (answer: openid.TokenEndpointResponse): void => {
    if (answer.refresh_token === undefined || answer.id_token === undefined) throw new Error("tokens are missing");
    tokens.add(answer.access_token, "person");
    tokens.add(answer.id_token, "identity");
    signIns.push(answer.refresh_token);
  };
  return {
    signIn: async () => {
      keep((await signIn(application, "openid email")).tokens);
      record.count("signed in");
    },
    refresh: async () => {
      const isFull = signIns.length > SIGN_INS_KEPT;
      const oldest = signIns.shift();
      if (oldest === undefined) return;
      if (isFull) {
        await openid.tokenRevocation(application, oldest);
        record.count("revoked");
      } else {
        keep(await openid.refreshTokenGrant(application, oldest));
        record.count("refreshed");
      }
    },
  };
}

type Audience = { issuer: string; clientId: string; resource: openid.Configuration };

/** One token at a time: by verifiers with caches, by one that fetches the keys now, and by the issuer itself. */
function verifying({ record, tokens, dropped }: Soak, { issuer, clientId, resource }: Audience): Work {
  const jwksUrl = `${issuer}/.well-known/jwks.json`;
  const ofAccess = { issuer, jwksUrl, audience: issuer };
  const ofIdentity = { ...ofAccess, audience: clientId };
  const cached = {
    access: createNodeVerifiers(ofAccess, JWKS_REQUESTS_PER_MINUTE),
    identity: createNodeVerifiers(ofIdentity, JWKS_REQUESTS_PER_MINUTE),
  };
  // Revoked sign-ins do not verify here, though they do by signature.
  const introspection = async (token: string): Promise<string> => {
    const { active, sub = "" } = await openid.tokenIntrospection(resource, token);
    if (!active) throw new Error("not active");
    return sub;
  };
  let rounds = 0;
  return async () => {
    rounds += 1;
    const live = tokens.pick(rounds);
    if (live === undefined) return;
    const isIdentity = live.kind === "identity";
    const [fresh] = createNodeVerifiers(isIdentity ? ofIdentity : ofAccess);
    const all: Pick<Verifier, "name" | "verify">[] = [...(isIdentity ? cached.identity : cached.access)];
    if (fresh !== undefined) all.push({ ...fresh, name: `${fresh.name} without a cache` });
    if (live.kind === "machine") all.push({ name: "introspection", verify: introspection });
    for (const verifier of all) await verifyOne(verifier, live);
  };

  async function verifyOne({ name, verify }: Pick<Verifier, "name" | "verify">, live: LiveToken): Promise<void> {
    try {
      const subject = await verify(live.token);
      if (subject !== live.subject) throw new Error(`another subject: ${subject}`);
      record.count("verified");
    } catch (error) {
      // It may have ended while it was on its way.
      if (Date.now() >= live.endsAt) return;
      const key = dropped.has(live.kid) ? "whose key was dropped as safe" : "whose key is there";
      record.fail(`${name} refused a living token (${live.kind}) ${key}`, error);
    }
  }
}
