import "server-only";
// The OIDC clients of each organization, in memory and ready for the token endpoint.
import type { OidcClient } from "../applications/application.ts";
import { listOidcClients } from "../applications/service.ts";
import { OrganizationCache } from "../db/organization-cache.ts";
import { env } from "../env.ts";
import { type Grant, scopesOfPeople, toGrant } from "./access-token.ts";
import { issuerOf, managementAudience } from "./issuer.ts";

/** A client with everything prepared that does not change from token to token. */
export type KnownClient = {
  applicationId: string;
  clientId: string;
  /** False for a public client, which names itself and proves nothing. */
  isConfidential: boolean;
  secretHashes: readonly string[];
  grantTypes: ReadonlySet<string>;
  scopes: ReadonlySet<string>;
  /** What its tokens for people may carry. */
  peopleScopes: ReadonlySet<string>;
  tokenExpirySecs: number;
  idTokenExpirySecs: number;
  /** From the sign-in on. */
  refreshTokenExpirySecs: number;
  /** Whose key signs within these times, milliseconds since 1970; at any other the organization's current key does. */
  certificate: { keyPairId: string; validFrom: number; validUntil: number } | null;
  issuer: string;
  /** The audience of the management API. */
  management: string;
  /** What a request without `scope` gets. */
  fullGrant: Grant;
};

/** Clients by client id. The whole organization is loaded at once, so that an unknown id costs no query. */
export type ClientDirectory = Pick<ReadonlyMap<string, KnownClient>, "get" | "has"> & {
  /** Where scripts of public clients run, as the Origin header spells it. */
  browserOrigins: ReadonlySet<string>;
};

const directories = new OrganizationCache<ClientDirectory>(loadDirectory, { isOutdatedRefused: true });

/** The clients if they are at hand; null for an unknown organization, undefined means: call {@link getClientDirectory}. */
export function peekClientDirectory(organizationId: string): ClientDirectory | null | undefined {
  return directories.peek(organizationId);
}

/** The clients of an organization, or null when there is no such organization. */
export async function getClientDirectory(organizationId: string): Promise<ClientDirectory | null> {
  return (await directories.get(organizationId)).value;
}

/** The key pair of the certificate that signs for a client at this moment; undefined: the organization's current key. */
export function certificateKeyPairOf({ certificate }: KnownClient, now: Date): string | undefined {
  if (certificate === null) return undefined;
  const at = now.getTime();
  return certificate.validFrom <= at && at < certificate.validUntil ? certificate.keyPairId : undefined;
}

async function loadDirectory(organizationId: string): Promise<ClientDirectory> {
  const clients = await listOidcClients(organizationId);
  const known = new Map(clients.map((client) => [client.clientId, toKnownClient(organizationId, client)]));
  return {
    get: (clientId) => known.get(clientId),
    has: (clientId) => known.has(clientId),
    browserOrigins: new Set(clients.flatMap(originsOf)),
  };
}

/** A scheme of an installed program has no origin; "null" would be that of any sandboxed frame. */
function originsOf({ isConfidential, redirectUris }: OidcClient): string[] {
  if (isConfidential) return [];
  return redirectUris.filter((uri) => /^https?:/i.test(uri)).map((uri) => new URL(uri).origin);
}

function toKnownClient(organizationId: string, client: OidcClient): KnownClient {
  const { publicUrl } = env();
  const { certificate } = client;
  const urls = { issuer: issuerOf(publicUrl, organizationId), management: managementAudience(publicUrl) };
  return {
    applicationId: client.id,
    clientId: client.clientId,
    isConfidential: client.isConfidential,
    secretHashes: client.secretHashes,
    grantTypes: new Set(client.grantTypes),
    scopes: new Set(client.scopes),
    peopleScopes: scopesOfPeople(client.scopes),
    tokenExpirySecs: client.tokenExpirySecs,
    idTokenExpirySecs: client.idTokenExpirySecs,
    refreshTokenExpirySecs: client.refreshTokenExpirySecs,
    certificate: certificate && {
      keyPairId: certificate.keyPairId,
      validFrom: certificate.notBefore.getTime(),
      validUntil: certificate.notAfter.getTime(),
    },
    ...urls,
    fullGrant: toGrant(client.scopes, urls),
  };
}
