// What callers may ask of the sessions: a page of them, and which of them to revoke.
import { z } from "zod";
import { pagingSchema } from "../paging.ts";

/** Printable ASCII, which every id here is, and which either database can be asked for. */
const identifier = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7E]+$/, "An id.");

/** A page of the alive sessions, narrowed to an application, a person or a signing key. */
export const listSessionsSchema = pagingSchema.extend({
  application_id: identifier.optional(),
  user_id: identifier.optional(),
  kid: identifier.optional(),
});
/** What {@link listSessionsSchema} gives. */
export type ListSessionsInput = z.output<typeof listSessionsSchema>;

/** The path parameter of one session. */
export const sessionIdSchema = z.strictObject({ id: identifier });

/** All sessions for which everything given holds; `before` means begun before. */
export const revokeSessionGroupSchema = z
  .strictObject({
    application_id: identifier.optional(),
    user_id: identifier.optional(),
    before: z.iso.datetime({ offset: true, error: "A date and a time, such as 2026-11-22T12:00:00Z." }).optional(),
  })
  .refine((which) => Object.values(which).some((value) => value !== undefined), {
    message: "Say which sessions: those of an application or a person, or those begun before a moment.",
  });

/** All sessions of an application, of a person, or begun before a moment. */
export type RevokedGroup = z.output<typeof revokeSessionGroupSchema>;
/** Which sessions to revoke: one, or all of a group. */
export type RevokeSessionsInput = z.output<typeof sessionIdSchema> | RevokedGroup;
