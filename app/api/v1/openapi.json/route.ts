// The machine-readable description of the management API; it says nothing about any organization and needs no bearer.
import { publicJson } from "#lib/http/public-json.ts";
import { methods } from "#lib/http/route.ts";
import { openApiDocument } from "#lib/openapi/document.ts";

export const dynamic = "force-dynamic";
export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: async () => publicJson(openApiDocument) });
