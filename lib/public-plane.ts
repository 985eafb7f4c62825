import "server-only";
// The one table of machine endpoints; `app/**/route.ts` mounts the same functions for Next.
import { livenessEndpoint, readinessEndpoint } from "./health/endpoint.ts";
import type { EndpointTable } from "./http/endpoint.ts";
import { mountOnNode } from "./http/node-adapter.ts";
import { defaultJwksEndpoint, jwksEndpoint } from "./jwks/endpoint.ts";
import { discoveryEndpoint } from "./oidc/discovery-endpoint.ts";
import { tokenEndpoint } from "./oidc/token-endpoint.ts";

/** Path to function. Both discovery paths give the same document: OpenID Connect Discovery 1.0 and RFC 8414 section 3. */
export const PUBLIC_PLANE: EndpointTable = {
  "/orgs/{orgId}/.well-known/jwks.json": jwksEndpoint,
  "/orgs/{orgId}/oauth/token": tokenEndpoint,
  "/orgs/{orgId}/.well-known/openid-configuration": discoveryEndpoint,
  "/.well-known/oauth-authorization-server/orgs/{orgId}": discoveryEndpoint,
  "/.well-known/jwks.json": defaultJwksEndpoint,
  "/healthz": livenessEndpoint,
  "/readyz": readinessEndpoint,
};

/** Answers a request for a machine endpoint; false when the path is none. */
export const answerPublicPlane = mountOnNode(PUBLIC_PLANE);
