import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { discoveryEndpoint } from "#lib/oidc/discovery-endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(discoveryEndpoint);
