// What may come in about certificates: the bodies and queries of the management API, which the portal's forms send alike.
import { z } from "zod";
import { pagingSchema } from "../paging.ts";
import { CERTIFICATE_SOURCES } from "./certificate.ts";

/** The key algorithms on offer, in the order in which a form shows them. */
export const KEY_ALGORITHMS = ["rsa2048", "rsa3072", "rsa4096", "ecdsa-p256", "ecdsa-p384"] as const;
/** One key algorithm on offer. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];
/** Default of {@link KEY_ALGORITHMS}. */
export const DEFAULT_KEY_ALGORITHM: KeyAlgorithm = "rsa4096";
/** Days that a generated certificate is valid: bounds and default. */
export const VALIDITY_DAYS = { minimum: 1, maximum: 3650, default: 365 } as const;
/** Code points that a common name may have. @see X.520 ub-common-name */
export const MAXIMUM_COMMON_NAME = 64;
/** Code points that a name may have. */
export const MAXIMUM_NAME = 100;
/** Alternative names that a generated certificate may have. */
export const MAXIMUM_ALT_NAMES = 100;
const MAXIMUM_ALT_NAMES_TEXT = 10_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a name must not have
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;

const nameSchema = text(MAXIMUM_NAME).min(1, "A name is needed.");
const commonNameSchema = text(MAXIMUM_COMMON_NAME);

const altNamesSchema = z
  .union(
    [z.string(), z.array(z.string())],
    "DNS names, as a list or as one text in which they are separated by commas.",
  )
  .transform((names) => (typeof names === "string" ? names : names.join(",")))
  .refine((names) => names.length <= MAXIMUM_ALT_NAMES_TEXT, "At most 10,000 characters.")
  .transform((names) => [
    ...new Set(
      names
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    ),
  ])
  .refine((names) => names.length <= MAXIMUM_ALT_NAMES, `At most ${MAXIMUM_ALT_NAMES} names.`);

const validityDaysSchema = z
  .number("A number of days.")
  .int("A whole number of days.")
  .min(VALIDITY_DAYS.minimum, `At least ${VALIDITY_DAYS.minimum} day.`)
  .max(VALIDITY_DAYS.maximum, "At most 3,650 days (ten years).");

/** The body of `POST /api/v1/admin/certificates`. An empty common name means: as the name. */
export const generateCertificateSchema = z.strictObject({
  name: nameSchema,
  common_name: commonNameSchema.optional(),
  subject_alt_names: altNamesSchema.default([]),
  validity_days: validityDaysSchema.default(VALIDITY_DAYS.default),
  key_algorithm: z.enum(KEY_ALGORITHMS, `One of ${KEY_ALGORITHMS.join(", ")}.`).default(DEFAULT_KEY_ALGORITHM),
});
/** A new certificate. */
export type GenerateCertificateInput = z.output<typeof generateCertificateSchema>;

const pairMembers = {
  private_key_pem: z.string("A private key in PEM.").default(""),
  certificate_pem: z.string("A certificate in PEM, with its chain.").default(""),
  passphrase: z.string("The passphrase of the private key.").optional(),
};

/** The body of `POST /api/v1/admin/certificates/preview`, which may be that of the upload; one field may hold key and certificates. */
export const previewUploadSchema = z.strictObject({ name: nameSchema.optional(), ...pairMembers });
/** A pair to look at. */
export type PreviewUploadInput = z.output<typeof previewUploadSchema>;

/** The body of `POST /api/v1/admin/certificates/upload`. */
export const uploadCertificateSchema = z.strictObject({ name: nameSchema, ...pairMembers });
/** A pair to store. */
export type UploadCertificateInput = z.output<typeof uploadCertificateSchema>;

/** The path parameter of one certificate. */
export const certificateIdSchema = z.strictObject({ id: z.uuid() });

/** The body of `POST /api/v1/admin/certificates/{id}/renew`; `name` stays as it was unless given. */
export const renewCertificateSchema = z.strictObject({
  name: nameSchema.optional(),
  validity_days: validityDaysSchema.default(VALIDITY_DAYS.default),
});
/** What the new certificate is to be. */
export type RenewCertificateInput = z.output<typeof renewCertificateSchema>;

const flag = z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional();

/** The query of a renewal; `dry_run=true` only asks what it would do. */
export const renewQuerySchema = z.strictObject({ dry_run: flag });

/** The forms in which a certificate can be had as a file. */
export const FILE_FORMATS = ["pem", "der", "chain"] as const;
/** One of {@link FILE_FORMATS}. */
export type FileFormat = (typeof FILE_FORMATS)[number];

/** The query of one certificate; with a format the answer is a file instead of JSON. */
export const getCertificateSchema = z.strictObject({ format: z.enum(FILE_FORMATS).optional() });

/** The orders of a list; a minus means descending. */
export const CERTIFICATE_SORTS = ["name", "-name", "expires_at", "-expires_at", "created_at", "-created_at"] as const;
/** One of {@link CERTIFICATE_SORTS}. */
export type CertificateSort = (typeof CERTIFICATE_SORTS)[number];

/** The query of the list; `search` is a part of a name, a common or alternative name, a serial or a fingerprint. */
export const listCertificatesSchema = pagingSchema.extend({
  search: z
    .string()
    .trim()
    .max(200)
    .refine((value) => !UNPRINTABLE.test(value))
    .optional(),
  sort: z.enum(CERTIFICATE_SORTS).default("name"),
  source: z.enum(CERTIFICATE_SOURCES).optional(),
  state: z.enum(["live", "deleted"]).default("live"),
});
/** Which page of which certificates is wanted. */
export type ListCertificatesInput = z.output<typeof listCertificatesSchema>;
/** Narrows a list of certificates. */
export type CertificateFilter = Pick<ListCertificatesInput, "search" | "source" | "state">;

/** Strings as a JSON column holds them. */
export const stringListSchema = z.array(z.string());
/** Warnings as a JSON column holds them. */
export const warningListSchema = z.array(z.object({ code: z.string(), message: z.string() }));

/** Text for people: trimmed, counted in code points, without what does not print or turns text around. */
function text(maximum: number): z.ZodString {
  return z
    .string()
    .trim()
    .refine((value) => [...value].length <= maximum, `At most ${maximum} characters.`)
    .refine((value) => !UNPRINTABLE.test(value) && !NONCHARACTER.test(value), "Must not contain control characters.");
}
