import "server-only";
// The wrapper of the addresses that people's browsers are led through: who is there, the parameters, and errors as a page.
import { unstable_rethrow } from "next/navigation";
import { currentSignedIn } from "../auth/portal.ts";
import { requestOrigin } from "../auth/request-origin.ts";
import type { RequestOrigin, SignedIn } from "../auth/service.ts";
import { AppError } from "../errors.ts";
import type { EndpointResponse } from "./endpoint.ts";
import { plainPage } from "./plain-page.ts";
import { toProblem } from "./problem.ts";
import { noteFailure } from "./route.ts";
import { isSameOrigin } from "./same-origin.ts";

const MAXIMUM_FORM_BYTES = 64 * 1024;
const FORM_MEDIA_TYPE = "application/x-www-form-urlencoded";

/** One navigation. */
export type BrowserCall = {
  /** Empty where the address belongs to no organization. */
  organizationId: string;
  /** The query of a GET, the form of a POST. */
  given: URLSearchParams;
  isPosted: boolean;
  /** True when the form that was posted stands on a page of ours. */
  isOwnForm: boolean;
  /** The person who is signed in at this browser, or null, and where the request came from. */
  browser: { person: SignedIn | null } & RequestOrigin;
  now: Date;
};

type Handler = (request: Request, context: { params: Promise<{ orgId?: string } | undefined> }) => Promise<Response>;

/** A handler of GET or POST that answers a browser; with `isOwnFormOnly` a form of another site is refused. */
export function browserRoute(
  run: (call: BrowserCall) => Promise<EndpointResponse>,
  { isOwnFormOnly = false }: { isOwnFormOnly?: boolean } = {},
): Handler {
  return async (request, { params }) => {
    const now = new Date();
    const origin = await requestOrigin();
    try {
      const isPosted = request.method === "POST";
      const isOwnForm = isPosted && isSameOrigin(request.headers);
      if (isOwnFormOnly && !isOwnForm) throw new AppError("request.cross_origin", "This form was sent from elsewhere.");
      const given = isPosted ? await readForm(request) : new URL(request.url).searchParams;
      const organizationId = (await params)?.orgId ?? "";
      const browser = { person: await currentSignedIn(), ...origin };
      return toResponse(await run({ organizationId, given, isPosted, isOwnForm, browser, now }));
    } catch (error) {
      unstable_rethrow(error);
      await noteFailure(error, null, `${request.method} ${new URL(request.url).pathname}`, origin.requestId);
      return toResponse(failurePage(error, origin.requestId));
    }
  };
}

/** 303, so that what was posted is never posted on. @see RFC 9700 section 4.12 */
export function seeOther(location: string): EndpointResponse {
  return {
    status: 303,
    headers: { location, "cache-control": "no-store", pragma: "no-cache", "referrer-policy": "no-referrer" },
    body: null,
  };
}

function toResponse({ status, headers, body }: EndpointResponse): Response {
  return new Response(body as BodyInit | null, { status, headers });
}

function failurePage(error: unknown, requestId: string): EndpointResponse {
  const { status, title, detail, retry_after: seconds } = toProblem(error, requestId);
  const page = plainPage({ status, title, message: detail, reference: requestId });
  return typeof seconds === "number" ? { ...page, headers: { ...page.headers, "retry-after": String(seconds) } } : page;
}

/** @throws request.unsupported_media_type request.too_large request.malformed */
async function readForm(request: Request): Promise<URLSearchParams> {
  const mediaType = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== FORM_MEDIA_TYPE) {
    throw new AppError("request.unsupported_media_type", `The form must be sent as ${FORM_MEDIA_TYPE}.`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MAXIMUM_FORM_BYTES) {
      throw new AppError("request.too_large", `The form is larger than ${MAXIMUM_FORM_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
