// The operations of the management API on sessions, with what they answer.
import { z } from "zod";
import { listSessionsSchema, revokeSessionGroupSchema, sessionIdSchema } from "../sessions/schema.ts";
import type { RevocationView, SessionView } from "../sessions/view.ts";
import type { Operation } from "./operations.ts";

const SESSIONS = "/api/v1/admin/sessions";
const time = z.iso.datetime().describe("ISO 8601, UTC");

const session: z.ZodType<SessionView> = z.object({
  id: z.string().describe("the `sid` of its tokens"),
  application: z.object({ id: z.string(), name: z.string(), protocol: z.string() }),
  user: z
    .object({ id: z.string(), email: z.string(), name: z.string() })
    .nullable()
    .describe("null for a machine client"),
  subject: z.string().describe("the `sub` of its tokens"),
  scope: z.string(),
  keys: z
    .array(z.object({ kid: z.string(), expires_at: time }))
    .describe("the keys that signed tokens which may still be valid"),
  authenticated_at: time.nullable(),
  started_at: time,
  last_used_at: time,
  expires_at: time,
});
const sessionPage = z.object({ data: z.array(session), next_cursor: z.string().nullable(), total: z.int().min(0) });
const revocation: z.ZodType<RevocationView> = z.object({ revoked: z.int().min(0).describe("how many sessions ended") });

/** The operations. */
export const SESSION_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: SESSIONS,
    summary: "Alive sessions, latest start first, with how many there are",
    permission: "certificates.view",
    query: listSessionsSchema,
    answers: [sessionPage],
  },
  {
    method: "delete",
    path: `${SESSIONS}/{id}`,
    summary: "Revoke a session with all its tokens (also with applications.manage)",
    permission: "certificates.manage",
    params: sessionIdSchema,
    answers: [revocation],
    refusals: { 404: "no such session that is alive" },
  },
  {
    method: "post",
    path: `${SESSIONS}/revoke`,
    summary: "Revoke all sessions of an application, of a person, begun before a moment, or all that together",
    permission: "certificates.manage",
    body: revokeSessionGroupSchema,
    answers: [revocation],
  },
];
