import "server-only";
// The wrapper of every management route: request id, actor, checked input, and an error turned into a problem document.
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { recordDenial } from "../audit/repository.ts";
import type { Actor } from "../auth/actor.ts";
import { type RequestContext, requestContext } from "../auth/request-context.ts";
import { AppError, isAppError } from "../errors.ts";
import { log } from "../log.ts";
import { noteRoute, type RouteHandler, type RouteRequest } from "./direct-routes.ts";
import { FileReply } from "./file-reply.ts";
import { checkInput, readJson, readQuery } from "./input.ts";
import { toAppError, toProblem } from "./problem.ts";

const NOTHING = z.strictObject({});
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

type Method = (typeof METHODS)[number];

type Declaration<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  /** Finds out who calls; throws when nobody may. */
  actor: (request: RouteRequest, context: RequestContext) => Promise<Actor>;
  /** A path that does not fit answers 404, like one that does not exist. */
  params?: Params;
  query?: Query;
  body?: Body;
  /** The status of success, 200 unless told; 204 sends no body. A {@link FileReply} is sent as it is. */
  status?: number;
  run: (call: {
    actor: Actor;
    params: z.output<Params>;
    query: z.output<Query>;
    body: z.output<Body>;
    now: Date;
  }) => Promise<unknown>;
};

/** A handler of one method of a management route. */
export function route<
  Params extends z.ZodType = typeof NOTHING,
  Query extends z.ZodType = typeof NOTHING,
  Body extends z.ZodType = typeof NOTHING,
>(declaration: Declaration<Params, Query, Body>): RouteHandler {
  return async (request, { params }) => {
    // The moment of arrival: of two calls that overlap, neither counts as later than the other's end.
    const now = new Date();
    const context = requestContext(request.headers);
    let actor: Actor | null = null;
    try {
      actor = await declaration.actor(request, context);
      const call = {
        actor,
        params: checkParams(declaration.params ?? NOTHING, (await params) ?? {}),
        query: checkInput(declaration.query ?? NOTHING, readQuery(request.url)),
        body: checkInput(declaration.body ?? NOTHING, await readJson(request)),
        now,
      } as Parameters<typeof declaration.run>[0];
      return reply(declaration.status ?? 200, await declaration.run(call), context);
    } catch (error) {
      unstable_rethrow(error);
      await noteFailure(error, actor, `${request.method} ${new URL(request.url).pathname}`, context.requestId);
      return problemResponse(error, context);
    }
  };
}

/** All five methods of a management route; those that are not declared answer 405. */
export function methods(declared: Partial<Record<Method, RouteHandler>>): Record<Method, RouteHandler> {
  const allowed = Object.keys(declared).join(", ");
  const refuse: RouteHandler = async (request) => {
    const error = new AppError("request.method_not_allowed", `Only ${allowed} can be used here.`);
    const response = problemResponse(error, requestContext(request.headers));
    response.headers.set("allow", allowed);
    return response;
  };
  const handlers = METHODS.map((method) => [method, noting(declared[method] ?? refuse)]);
  return Object.fromEntries(handlers) as Record<Method, RouteHandler>;
}

/** From the second call on, the process that serves the portal may call a route without parameters itself. */
function noting(handler: RouteHandler): RouteHandler {
  return async (request, context) => {
    const hasParameters = Object.keys((await context.params) ?? {}).length > 0;
    if (!hasParameters) noteRoute(request.method, new URL(request.url).pathname, handler);
    return handler(request, context);
  };
}

/** Answers whatever path of the API there is not; programs get a problem document, not a page. */
export const missing: RouteHandler = async (request) => {
  const error = new AppError("request.not_found", "There is nothing at this path.");
  return problemResponse(error, requestContext(request.headers));
};

/** Logs what is our fault and audits what was refused; a failing audit never hides the refusal. */
export async function noteFailure(
  error: unknown,
  actor: Actor | null,
  place: string,
  requestId: string,
): Promise<void> {
  const known = toAppError(error);
  if (["internal.unexpected", "storage.unavailable", "key.invariant_broken"].includes(known.code)) {
    log().error({ err: error, requestId, place }, "request failed");
  }
  if (actor && isAppError(error, "auth.forbidden", "token.permission_not_held")) {
    await recordDenial(actor, place, known).catch((cause) => log().error({ err: cause }, "a denial was not audited"));
  }
}

function checkParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  try {
    return checkInput(schema, params);
  } catch (error) {
    throw new AppError("request.not_found", "There is nothing at this path.", { cause: error });
  }
}

function reply(status: number, view: unknown, context: RequestContext): Response {
  const headers = { "cache-control": "no-store", "x-request-id": context.requestId };
  if (view instanceof FileReply) return view.toResponse(status, headers);
  return status === 204 ? new Response(null, { status, headers }) : Response.json(view, { status, headers });
}

/** The problem document of an error as a response, with the headers that its status asks for. */
export function problemResponse(error: unknown, context: RequestContext): Response {
  const problem = toProblem(error, context.requestId);
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": context.requestId,
  });
  if (problem.status === 401) headers.set("www-authenticate", challenge(problem.code));
  if (typeof problem.retry_after === "number") headers.set("retry-after", String(problem.retry_after));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** RFC 6750 section 3: no error code when no token was presented. */
function challenge(code: string): string {
  return code === "auth.invalid_token" ? 'Bearer realm="signet", error="invalid_token"' : 'Bearer realm="signet"';
}
