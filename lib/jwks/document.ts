// The JWKS of an organization as it goes out: serialized, compressed and tagged once per change, never per request.
import { gzipSync } from "node:zlib";
import { sha256Base64url } from "../crypto/digest.ts";
import type { EndpointResponse } from "../http/endpoint.ts";
import { JWKS_MAX_AGE_SECONDS } from "../keys/propagation.ts";
import type { JwkSet } from "./published.ts";

type Representation = { etag: string; ok: EndpointResponse; notModified: EndpointResponse };

/** Every answer that one state of an organization's keys can give. */
export type JwksDocument = {
  json: string;
  plain: Representation;
  compressed: Representation;
  /** The organization's version that it shows. */
  version: number;
  /** Storage knows that this JWKS may have been fetched until then; milliseconds since 1970. */
  fetchedUntil: number;
  /** When one of its keys may have to leave it; milliseconds since 1970, Infinity for none. */
  changesAt: number;
};

/** The organization's version, and the stored horizon of fetches in milliseconds since 1970; 0 when nobody ever fetched. */
export type FetchState = { version: number; fetchedUntil: number };

const COMMON_HEADERS = {
  "cache-control": `public, max-age=${JWKS_MAX_AGE_SECONDS}`,
  vary: "accept-encoding",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "etag",
  "x-content-type-options": "nosniff",
};
const CONTENT_TYPE = "application/jwk-set+json";

/** The answer to a preflight: anybody may read. */
export const PREFLIGHT: EndpointResponse = Object.freeze({
  status: 204,
  headers: Object.freeze({
    allow: "GET, HEAD, OPTIONS",
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
  }),
  body: null,
});

/** Makes all answers, or takes those of `earlier` when the keys are the same. */
export function toJwksDocument(
  set: JwkSet,
  state: FetchState & { changesAt: number },
  earlier: JwksDocument | undefined,
): JwksDocument {
  const json = JSON.stringify(set);
  if (earlier?.json === json) return { ...earlier, ...state };
  const bytes = Buffer.from(json);
  const digest = sha256Base64url(bytes).slice(0, 22);
  const plain = representation(`"${digest}"`, bytes, {});
  const compressed = representation(`"${digest}.gzip"`, gzipSync(bytes, { level: 9 }), { "content-encoding": "gzip" });
  return { json, plain, compressed, ...state };
}

/** The answer for what a client accepts and already has. */
export function chooseAnswer(
  document: JwksDocument,
  acceptEncoding: string | undefined,
  ifNoneMatch: string | undefined,
): EndpointResponse {
  const { etag, ok, notModified } = acceptsGzip(acceptEncoding) ? document.compressed : document.plain;
  return ifNoneMatch !== undefined && isMatch(ifNoneMatch, etag) ? notModified : ok;
}

function representation(etag: string, body: Buffer, headers: Record<string, string>): Representation {
  const shared = { etag, ...COMMON_HEADERS };
  return {
    etag,
    ok: Object.freeze({
      status: 200,
      headers: Object.freeze({ "content-type": CONTENT_TYPE, ...shared, ...headers }),
      body,
    }),
    notModified: Object.freeze({ status: 304, headers: Object.freeze(shared), body: null }),
  };
}

/** @see RFC 9110 section 12.5.3 */
function acceptsGzip(acceptEncoding: string | undefined): boolean {
  if (acceptEncoding === undefined || !/gzip/i.test(acceptEncoding)) return false;
  return acceptEncoding.split(",").some((part) => {
    const [coding, ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    return coding === "gzip" && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

/** The weak comparison of a list of tags with ours. @see RFC 9110 section 13.1.2 */
function isMatch(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag) return true;
  return ifNoneMatch.split(",").some((part) => {
    const tag = part.trim();
    return tag === "*" || tag === etag || tag === `W/${etag}`;
  });
}
