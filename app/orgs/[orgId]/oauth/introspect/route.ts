import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { introspectionEndpoint } from "#lib/oidc/introspection-endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(introspectionEndpoint);
