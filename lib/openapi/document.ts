// The OpenAPI 3.1 document of the management API, made of the operations and their schemas.
import { z } from "zod";
import { OPERATIONS, type Operation } from "./operations.ts";

type Json = Record<string, unknown>;

const REFUSALS: Record<number, string> = {
  400: "The request is malformed.",
  401: "No token, or one that does not verify.",
  403: "The bearer lacks the permission.",
  422: "Fields were refused; `errors` names them.",
  503: "Storage does not answer at the moment; try again.",
};
const BODY_REFUSALS: Record<number, string> = { 413: "The body is too large.", 415: "The body is not JSON." };

const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().describe("stable; programs decide by it"),
    request_id: z.string(),
    errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .describe("RFC 9457");

/** The document; `publicUrl` is where the API is served. */
export function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOperationObject(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Signet management API",
      version: "1",
      description:
        "Signing keys, certificates, applications, sessions, personal access tokens and the audit log of the bearer's organization.",
    },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { Problem: toJsonSchema(problem, "output") },
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "A personal access token, or an access token that an OIDC client got for scope = permission names.",
        },
      },
    },
  };
}

function toOperationObject(operation: Operation): Json {
  const { method, path, summary, permission, params, query, body, status = 200, answers, refusals } = operation;
  const [first, ...others] = answers.map((answer) => toJsonSchema(answer, "output"));
  const success = others.length === 0 ? first : { anyOf: [first, ...others] };
  const all = { ...REFUSALS, ...(body ? BODY_REFUSALS : {}), ...refusals };
  const parameters = [...toParameters(params, "path"), ...toParameters(query, "query")];
  return {
    operationId: toOperationId(method, path),
    summary,
    description: permission === null ? "Needs any valid bearer." : `Needs the permission \`${permission}\`.`,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { content: { "application/json": { schema: toJsonSchema(body, "input") } } } } : {}),
    responses: {
      [status]: { description: "Success", content: { "application/json": { schema: success } } },
      ...Object.fromEntries(Object.entries(all).map(([code, description]) => [code, toRefusal(description)])),
    },
  };
}

function toRefusal(description: string): Json {
  return { description, content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } };
}

function toParameters(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toJsonSchema(schema, "input") as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: shape,
  }));
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
  return shape;
}

function toOperationId(method: string, path: string): string {
  const words = path
    .replace("/api/v1/admin/", "")
    .split(/[/{}-]+/)
    .filter(Boolean);
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
}
