import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { userinfoEndpoint } from "#lib/oidc/userinfo-endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(userinfoEndpoint);
