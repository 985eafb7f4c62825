import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { tokenEndpoint } from "#lib/oidc/token-endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(tokenEndpoint);
