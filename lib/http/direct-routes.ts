// Which functions answer the management routes that have no parameters, so that the process around Next can call them itself:
// Next's own way to such a function and back takes about as long as all that a rotation does.

/** What a management route is asked, by whoever asks it: Next's `Request` is one. */
export type RouteRequest = Pick<Request, "method" | "url" | "headers"> & {
  body: Request["body"] | AsyncIterable<Uint8Array>;
};
/** Answers one method of a management route. */
export type RouteHandler = (request: RouteRequest, context: { params: Promise<unknown> }) => Promise<Response>;

/** Written in one way only: Next takes others for the same path, and there may be any number of them. */
const PLAIN_PATH = /^(?:\/[a-z0-9][a-z0-9-]*)+$/;

// The process has its own copy of this module, and Next's bundles have theirs.
const holder = globalThis as typeof globalThis & { signetRoutes?: Map<string, RouteHandler> };

/** Notes which function Next has called for a path without parameters. */
export function noteRoute(method: string, path: string, handler: RouteHandler): void {
  holder.signetRoutes ??= new Map();
  if (PLAIN_PATH.test(path)) holder.signetRoutes.set(`${method} ${path}`, handler);
}

/** The function that Next calls for this path; null before it has done so for the first time. */
export function findRoute(method: string, path: string): RouteHandler | null {
  return holder.signetRoutes?.get(`${method} ${path}`) ?? null;
}
