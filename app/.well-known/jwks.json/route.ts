import { mountEndpoint } from "#lib/http/next-adapter.ts";
import { defaultJwksEndpoint } from "#lib/jwks/endpoint.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = mountEndpoint(defaultJwksEndpoint);
