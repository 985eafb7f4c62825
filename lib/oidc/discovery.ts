// What an organization's issuer says of itself: exactly what works now, nothing else. @see RFC 8414 section 2
import { PERMISSIONS } from "../auth/permissions.ts";
import { PERSON_SCOPES } from "./access-token.ts";
import { endpointUrls } from "./issuer.ts";

const SECRET_METHODS = ["client_secret_basic", "client_secret_post"];

/** The metadata document of OpenID Connect Discovery and of RFC 8414. */
export type DiscoveryDocument = Readonly<Record<string, string | boolean | readonly string[]>>;

/** The document of one organization; `algorithms` are those of its published keys. */
export function toDiscoveryDocument(
  publicUrl: string,
  organizationId: string,
  algorithms: Iterable<string>,
): DiscoveryDocument {
  const { discovery_url: _ownAddress, ...urls } = endpointUrls(publicUrl, organizationId);
  return {
    ...urls,
    response_types_supported: ["code"],
    response_modes_supported: ["query", "form_post"],
    grant_types_supported: ["authorization_code", "refresh_token", "client_credentials"],
    code_challenge_methods_supported: ["S256"],
    prompt_values_supported: ["none", "login", "consent", "select_account"],
    // The scopes of the management API stand here; those that an organization makes up for its applications stay its own.
    scopes_supported: [...PERSON_SCOPES, ...PERMISSIONS],
    claims_supported: [
      ...["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid"],
      ...["name", "email", "email_verified"],
    ],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: [...new Set(algorithms)].sort(),
    token_endpoint_auth_methods_supported: [...SECRET_METHODS, "none"],
    introspection_endpoint_auth_methods_supported: SECRET_METHODS,
    revocation_endpoint_auth_methods_supported: [...SECRET_METHODS, "none"],
    authorization_response_iss_parameter_supported: true,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
}
