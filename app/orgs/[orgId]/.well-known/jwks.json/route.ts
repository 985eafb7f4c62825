import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { jwksEndpoint } from "#lib/jwks/endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(jwksEndpoint);
