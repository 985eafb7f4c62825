import "server-only";
// The one table of machine endpoints; `app/**/route.ts` mounts the same functions for Next.
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "./errors.ts";
import { livenessEndpoint, readinessEndpoint } from "./health/endpoint.ts";
import type { Endpoint, EndpointTable } from "./http/endpoint.ts";
import { hasMethod } from "./http/endpoint-failure.ts";
import { mountOnNode } from "./http/node-adapter.ts";
import { defaultJwksEndpoint, jwksEndpoint } from "./jwks/endpoint.ts";
import { discoveryEndpoint } from "./oidc/discovery-endpoint.ts";
import { introspectionEndpoint } from "./oidc/introspection-endpoint.ts";
import { revocationEndpoint } from "./oidc/revocation-endpoint.ts";
import { tokenEndpoint } from "./oidc/token-endpoint.ts";
import { userinfoEndpoint } from "./oidc/userinfo-endpoint.ts";

/** Path to function. Both discovery paths give the same document: OpenID Connect Discovery 1.0 and RFC 8414 section 3. */
export const PUBLIC_PLANE: EndpointTable = {
  "/orgs/{orgId}/.well-known/jwks.json": jwksEndpoint,
  "/orgs/{orgId}/oauth/token": tokenEndpoint,
  "/orgs/{orgId}/oauth/userinfo": userinfoEndpoint,
  "/orgs/{orgId}/oauth/introspect": introspectionEndpoint,
  "/orgs/{orgId}/oauth/revoke": revocationEndpoint,
  "/orgs/{orgId}/.well-known/openid-configuration": discoveryEndpoint,
  "/.well-known/oauth-authorization-server/orgs/{orgId}": discoveryEndpoint,
  "/.well-known/jwks.json": defaultJwksEndpoint,
  "/healthz": livenessEndpoint,
  "/readyz": readinessEndpoint,
};

const METADATA_FOLDER = "/.well-known/";
/** What the portal can be asked; Next cannot even read a request with another method. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const missingEndpoint: Endpoint = {
  methods: METHODS,
  answer: () => {
    throw new AppError("request.not_found", "There is nothing at this path.");
  },
};

const unreadableEndpoint: Endpoint = {
  methods: METHODS,
  answer: () => {
    throw new AppError("request.malformed", "The path is malformed.");
  },
};

const answerTable = mountOnNode(PUBLIC_PLANE);
const answerMissing = mountOnNode({ "/": missingEndpoint });
const answerUnreadable = mountOnNode({ "/": unreadableEndpoint });

/**
 * Answers a request for a machine endpoint; false when the path is none. Programs alone ask below `/.well-known/`, so that
 * what is not there, or is spelt differently, gets a problem document instead of a page or a redirect. So do a path that
 * nobody can decode and a method that nobody knows, which would be errors of the portal.
 */
export function answerPublicPlane(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  if (answerTable(request, response, path)) return true;
  if (path.includes(METADATA_FOLDER)) return answerMissing(request, response, "/");
  if (isDecodable(path) && hasMethod(unreadableEndpoint, request.method ?? "")) return false;
  return answerUnreadable(request, response, "/");
}

function isDecodable(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
