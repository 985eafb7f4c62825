import { readinessEndpoint } from "#lib/health/endpoint.ts";
import { mountEndpoint } from "#lib/http/next-adapter.ts";

const handlers = mountEndpoint(readinessEndpoint);

export const dynamic = "force-dynamic";
export const GET = handlers.GET;
export const HEAD = handlers.HEAD;
export const POST = handlers.POST;
export const PUT = handlers.PUT;
export const PATCH = handlers.PATCH;
export const DELETE = handlers.DELETE;
