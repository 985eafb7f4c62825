// The URLs of an organization as issuer; they come from the configuration, never from a request.

/** The issuer identifier of an organization. @see RFC 8414 section 2 */
export function issuerOf(publicUrl: string, organizationId: string): string {
  return `${publicUrl}/orgs/${organizationId}`;
}

/** What an access token for the management API names as audience. */
export function managementAudience(publicUrl: string): string {
  return `${publicUrl}/api/v1/admin`;
}

/** The organization behind an issuer identifier of ours, or null. */
export function organizationOfIssuer(publicUrl: string, issuer: string): string | null {
  const prefix = `${publicUrl}/orgs/`;
  if (!issuer.startsWith(prefix)) return null;
  const organizationId = issuer.slice(prefix.length);
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(organizationId) ? organizationId : null;
}

/** Where programs find an organization's endpoints. */
export function endpointUrls(publicUrl: string, organizationId: string): Record<IssuerUrlName, string> {
  const issuer = issuerOf(publicUrl, organizationId);
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    userinfo_endpoint: `${issuer}/oauth/userinfo`,
    introspection_endpoint: `${issuer}/oauth/introspect`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    end_session_endpoint: `${issuer}/oauth/logout`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    discovery_url: `${issuer}/.well-known/openid-configuration`,
  };
}

/** The names of {@link endpointUrls}. */
export type IssuerUrlName =
  | "issuer"
  | "authorization_endpoint"
  | "token_endpoint"
  | "userinfo_endpoint"
  | "introspection_endpoint"
  | "revocation_endpoint"
  | "end_session_endpoint"
  | "jwks_uri"
  | "discovery_url";
