// What may come in about personal access tokens.
import { z } from "zod";
import { PERMISSIONS } from "../auth/permissions.ts";

/** The life of a personal access token in days: bounds and default. */
export const TOKEN_DAYS = { minimum: 1, maximum: 90, default: 30 } as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a name must not have
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/;

/** The body of `POST /api/v1/admin/tokens`. */
export const createTokenSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "A name is needed.")
    .max(100, "At most 100 characters.")
    .refine((name) => !UNPRINTABLE.test(name), "Must not contain control characters."),
  permissions: z
    .array(z.enum(PERMISSIONS, `One of ${PERMISSIONS.join(", ")}.`))
    .min(1, "At least one permission.")
    .max(PERMISSIONS.length)
    .transform((permissions) => [...new Set(permissions)]),
  expires_in_days: z
    .number("A number of days.")
    .int("A whole number of days.")
    .min(TOKEN_DAYS.minimum, `At least ${TOKEN_DAYS.minimum} day.`)
    .max(TOKEN_DAYS.maximum, `At most ${TOKEN_DAYS.maximum} days.`)
    .default(TOKEN_DAYS.default),
});
/** A new personal access token. */
export type CreateTokenInput = z.output<typeof createTokenSchema>;

/** The path parameter of one token. */
export const tokenIdSchema = z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{22}$/) });

/** Permissions as a JSON column holds them. */
export const permissionListSchema = z.array(z.enum(PERMISSIONS));
