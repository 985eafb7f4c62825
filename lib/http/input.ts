import "server-only";
// Reads what came from outside (body, query, path, form) into checked values, with a clear refusal for everything else.
import type { z } from "zod";
import { AppError, type FieldError } from "../errors.ts";
import type { RouteRequest } from "./direct-routes.ts";

const MAXIMUM_BODY_BYTES = 256 * 1024;

/**
 * The JSON body of a request; an empty one counts as `{}`.
 * @throws request.unsupported_media_type request.too_large request.malformed
 */
export async function readJson(request: Pick<RouteRequest, "headers" | "body">): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  const mediaType = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new AppError("request.unsupported_media_type", "The body must be JSON with Content-Type: application/json.");
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError("request.malformed", "The body is not valid JSON in UTF-8.", { cause: error });
  }
}

/** The query as an object; a parameter given twice is refused. @throws request.malformed */
export function readQuery(url: string): Record<string, string> {
  const query = new URL(url).searchParams;
  for (const name of query.keys()) {
    if (query.getAll(name).length > 1) {
      throw new AppError("request.malformed", `The query parameter ${JSON.stringify(name)} is given twice.`);
    }
  }
  return Object.fromEntries(query);
}

/**
 * Checks a value from outside against its schema.
 * @throws request.invalid with one entry in `errors` per refused field
 */
export function checkInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const hostile = findHostileText(value, "", 0);
  if (hostile) throw refusal([hostile]);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusal(parsed.error.issues.flatMap(toFieldErrors));
}

function refusal(errors: FieldError[]): AppError {
  const [first] = errors;
  const where = first?.field ? `${first.field}: ` : "";
  return new AppError("request.invalid", `The input was refused. ${where}${first?.message ?? ""}`.trim(), { errors });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: [...path, key].join("."),
      code: "unknown_field",
      message: "There is no such field.",
    }));
  }
  const code = issue.code === "custom" ? String(issue.params?.code ?? "invalid") : issue.code;
  return [{ field: path.join("."), code, message: issue.message }];
}

/** NUL cannot be stored in PostgreSQL, a lone surrogate not in UTF-8, and `__proto__` is nobody's field. */
function findHostileText(value: unknown, field: string, depth: number): FieldError | null {
  if (depth > 20) return { field, code: "too_deep", message: "Nested too deeply." };
  if (typeof value === "string") {
    if (value.includes("\0")) return { field, code: "nul_character", message: "Must not contain a NUL character." };
    return value.isWellFormed() ? null : { field, code: "not_unicode", message: "Must be well-formed Unicode." };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    const path = field === "" ? key : `${field}.${key}`;
    if (key === "__proto__") return { field: path, code: "unknown_field", message: "There is no such field." };
    const found = findHostileText(key, path, depth) ?? findHostileText(member, path, depth + 1);
    if (found) return found;
  }
  return null;
}

/** @throws request.too_large request.malformed when the body breaks off */
async function readBytes(request: Pick<RouteRequest, "headers" | "body">): Promise<Uint8Array> {
  const tooLarge = new AppError("request.too_large", `The body is larger than ${MAXIMUM_BODY_BYTES} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > MAXIMUM_BODY_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > MAXIMUM_BODY_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new AppError("request.malformed", "The body broke off.", { cause: error });
  }
  if (length > MAXIMUM_BODY_BYTES) throw tooLarge;
  return Buffer.concat(chunks);
}
