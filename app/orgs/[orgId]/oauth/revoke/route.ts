import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { revocationEndpoint } from "#lib/oidc/revocation-endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(revocationEndpoint);
