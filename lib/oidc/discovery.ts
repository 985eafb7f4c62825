// What an organization's issuer says of itself: exactly what works now, nothing else. @see RFC 8414 section 2
import { PERMISSIONS } from "../auth/permissions.ts";
import { endpointUrls } from "./issuer.ts";

/** The metadata document of OpenID Connect Discovery and of RFC 8414. */
export type DiscoveryDocument = {
  issuer: string;
  jwks_uri: string;
  token_endpoint: string;
  grant_types_supported: string[];
  token_endpoint_auth_methods_supported: string[];
  /** Empty: there is no authorization endpoint. The member itself is required. */
  response_types_supported: string[];
  subject_types_supported: string[];
  id_token_signing_alg_values_supported: string[];
  /** The scopes of the management API; those that an organization makes up for its own applications stay its own. */
  scopes_supported: string[];
};

/** The document of one organization; `algorithms` are those of its published keys. */
export function toDiscoveryDocument(
  publicUrl: string,
  organizationId: string,
  algorithms: Iterable<string>,
): DiscoveryDocument {
  const { issuer, jwks_uri, token_endpoint } = endpointUrls(publicUrl, organizationId);
  return {
    issuer,
    jwks_uri,
    token_endpoint,
    grant_types_supported: ["client_credentials"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    response_types_supported: [],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [...new Set(algorithms)].sort(),
    scopes_supported: [...PERMISSIONS],
  };
}
