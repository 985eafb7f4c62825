// Signs JSON Web Tokens by hand over the thread pool, and verifies our own ones strictly.
import { errors, jwtVerify } from "jose";
import { AppError } from "../errors.ts";
import type { SigningAlgorithm } from "./algorithms.ts";
import type { PrivateKey, PublicKey } from "./key-pair.ts";

const MAXIMUM_TOKEN_CHARACTERS = 16_384;
const FUTURE_TOLERANCE_SECONDS = 60;
const HEADER_MEMBERS = new Set(["alg", "typ", "kid"]);

/** Claims of a token; times are seconds since 1970. */
export type JwtClaims = Readonly<Record<string, unknown>>;

/** A key to verify with, and the one algorithm that it is good for. */
export type VerificationKey = { publicKey: PublicKey; algorithm: SigningAlgorithm };

/** What a token must be to be accepted. */
export type ExpectedToken = {
  /** Looks a kid up in our own store; the kid is opaque. */
  keys: (kid: string) => VerificationKey | null | undefined;
  issuer: string;
  /** Who the token must be for; of several, any one. */
  audience: string | string[];
  typ: string;
  now: Date;
};

const headerSegments = new WeakMap<PrivateKey, Map<string, string>>();

/** A signed token in compact form. @see RFC 7515 section 3.1 */
export async function signJws(token: {
  algorithm: SigningAlgorithm;
  kid: string;
  privateKey: PrivateKey;
  typ: string;
  claims: JwtClaims;
}): Promise<string> {
  if (token.privateKey.algorithm.name !== token.algorithm) {
    throw new AppError("key.unsupported_algorithm", "A key signs with its own algorithm only.");
  }
  const payload = Buffer.from(JSON.stringify(token.claims)).toString("base64url");
  const signingInput = `${headerSegment(token.privateKey, token.kid, token.typ)}.${payload}`;
  const signature = await token.privateKey.sign(Buffer.from(signingInput, "latin1"));
  return `${signingInput}.${signature.toString("base64url")}`;
}

function headerSegment(privateKey: PrivateKey, kid: string, typ: string): string {
  let segments = headerSegments.get(privateKey);
  if (segments === undefined) {
    segments = new Map();
    headerSegments.set(privateKey, segments);
  }
  const name = `${typ} ${kid}`;
  let segment = segments.get(name);
  if (segment === undefined) {
    segment = Buffer.from(JSON.stringify({ alg: privateKey.algorithm.name, typ, kid })).toString("base64url");
    segments.set(name, segment);
  }
  return segment;
}

/**
 * The claims of a token that one of our keys signed. The algorithm is the key's, never the token's choice.
 * @throws auth.invalid_token for anything that is not exactly such a token
 * @see RFC 8725 section 3
 */
export async function verifyJwt(token: string, expected: ExpectedToken): Promise<JwtClaims> {
  const kid = readHeader(token);
  const key = expected.keys(kid);
  if (!key) throw invalid("no published key has this kid");
  try {
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [key.algorithm],
      issuer: expected.issuer,
      audience: expected.audience,
      typ: expected.typ,
      currentDate: expected.now,
      requiredClaims: ["iss", "aud", "exp", "iat"],
    });
    if ((payload.iat ?? 0) > expected.now.getTime() / 1000 + FUTURE_TOLERANCE_SECONDS) {
      throw invalid("it was issued in the future");
    }
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalid(error.code, error);
    throw error;
  }
}

/**
 * The claims of a token that a key of ours signed at some time, whenever it ended: it tells whom we once meant, and proves
 * nothing about now. `findKey` looks a kid up among all keys that there ever were.
 * @throws auth.invalid_token
 */
export async function verifyPastJwt(
  token: string,
  expected: Pick<ExpectedToken, "issuer" | "typ"> & { findKey: (kid: string) => Promise<VerificationKey | null> },
): Promise<JwtClaims> {
  const key = await expected.findKey(readHeader(token));
  if (key === null) throw invalid("no key ever had this kid");
  const { issuer, typ } = expected;
  try {
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: [key.algorithm],
      issuer,
      typ,
      currentDate: new Date(0),
      requiredClaims: ["iss", "sub", "aud", "exp", "iat"],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalid(error.code, error);
    throw error;
  }
}

/** Checks the shape of a token before anything of it is believed, and answers with its kid. */
function readHeader(token: string): string {
  if (typeof token !== "string" || token.length > MAXIMUM_TOKEN_CHARACTERS) throw invalid("it is too long");
  const segments = token.split(".");
  if (segments.length !== 3) throw invalid("it has not three segments");
  const [header, payload, signature] = segments.map(requireBase64url);
  const members = requireCompactObject(header);
  requireCompactObject(payload);
  if (signature === undefined || signature.length === 0) throw invalid("it has no signature");
  if (Object.keys(members).some((name) => !HEADER_MEMBERS.has(name))) throw invalid("its header has other members");
  if (typeof members.kid !== "string") throw invalid("it has no kid");
  return members.kid;
}

function requireBase64url(segment: string): Buffer {
  const octets = Buffer.from(segment, "base64url");
  if (octets.toString("base64url") !== segment) throw invalid("a segment is not exact base64url");
  return octets;
}

/** Our tokens carry JSON as JSON.stringify writes it; whatever differs (a member twice, white space) was not made here. */
function requireCompactObject(octets: Buffer | undefined): Record<string, unknown> {
  const text = octets?.toString("utf8") ?? "";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid("a segment is not JSON", error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || JSON.stringify(value) !== text) {
    throw invalid("a segment is not a compact JSON object");
  }
  return value as Record<string, unknown>;
}

function invalid(why: string, cause?: unknown): AppError {
  return new AppError("auth.invalid_token", "The token is not valid here.", { cause: cause ?? new Error(why) });
}
