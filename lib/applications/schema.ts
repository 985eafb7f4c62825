// What may come in about applications: the bodies of the management API, which the portal's form sends alike.
import { z } from "zod";
import { pagingSchema } from "../paging.ts";
import { GRANT_TYPES, isAssertionConsumerUrl, isScopeToken, NAME_ID_FORMATS, PROTOCOLS } from "./application.ts";
import { REFRESH_TOKEN_EXPIRY_SECONDS, TOKEN_EXPIRY_SECONDS } from "./expiry.ts";
import { isRedirectUri } from "./redirect-uri.ts";

const MAXIMUM_SCOPES = 50;
const MAXIMUM_ACS_URLS = 20;
const MAXIMUM_REDIRECT_URIS = 50;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a name must not have
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/;

const nameSchema = z
  .string()
  .trim()
  .min(1, "A name is needed.")
  .max(100, "At most 100 characters.")
  .refine((name) => !UNPRINTABLE.test(name), "Must not contain control characters.");

const scopesSchema = z
  .array(
    z
      .string()
      .max(100, "At most 100 characters.")
      .refine(isScopeToken, "A scope is printable ASCII without space, quote and backslash."),
  )
  .max(MAXIMUM_SCOPES, `At most ${MAXIMUM_SCOPES} scopes.`)
  .transform((scopes) => [...new Set(scopes)]);

const tokenExpirySchema = z
  .number("A number of seconds.")
  .int("A whole number of seconds.")
  .min(TOKEN_EXPIRY_SECONDS.minimum, `At least ${TOKEN_EXPIRY_SECONDS.minimum} second.`)
  .max(TOKEN_EXPIRY_SECONDS.maximum, `At most ${TOKEN_EXPIRY_SECONDS.maximum} seconds (one day).`);

const refreshTokenExpirySchema = z
  .number("A number of seconds.")
  .int("A whole number of seconds.")
  .min(REFRESH_TOKEN_EXPIRY_SECONDS.minimum, `At least ${REFRESH_TOKEN_EXPIRY_SECONDS.minimum} seconds.`)
  .max(REFRESH_TOKEN_EXPIRY_SECONDS.maximum, `At most ${REFRESH_TOKEN_EXPIRY_SECONDS.maximum} seconds (365 days).`);

const grantTypesSchema = z
  .array(z.enum(GRANT_TYPES, `One of ${GRANT_TYPES.join(", ")}.`))
  .min(1, "At least one grant.")
  .transform((grants) => GRANT_TYPES.filter((grant) => grants.includes(grant)));

const redirectUrisSchema = z
  .array(
    z
      .string()
      .trim()
      .max(2048, "At most 2048 characters.")
      .refine(
        isRedirectUri,
        "An absolute address without fragment, credentials and wildcard: https, http for localhost only, or com.example.app:/…",
      ),
  )
  .max(MAXIMUM_REDIRECT_URIS, `At most ${MAXIMUM_REDIRECT_URIS} addresses.`)
  .transform((uris) => [...new Set(uris)]);

/** An index of PostgreSQL takes no row over 2704 bytes. */
const MAXIMUM_ENTITY_ID_BYTES = 2048;

const entityIdSchema = z
  .string()
  .trim()
  .min(1, "An entity ID is needed.")
  .max(1024, "At most 1024 characters.")
  .refine(
    (id) => new TextEncoder().encode(id).length <= MAXIMUM_ENTITY_ID_BYTES,
    `At most ${MAXIMUM_ENTITY_ID_BYTES} bytes.`,
  )
  .refine((id) => !/\s/.test(id) && !UNPRINTABLE.test(id), "Must not contain spaces or control characters.");

const acsUrlsSchema = z
  .array(
    z
      .string()
      .trim()
      .max(2048, "At most 2048 characters.")
      .refine(isAssertionConsumerUrl, "An absolute https URL without credentials and fragment."),
  )
  .min(1, "At least one ACS URL.")
  .max(MAXIMUM_ACS_URLS, `At most ${MAXIMUM_ACS_URLS} ACS URLs.`)
  .transform((urls) => [...new Set(urls)]);

const nameIdFormatSchema = z.enum(NAME_ID_FORMATS, "One of the SAML name ID formats.").nullable();

const signingCertIdSchema = z.uuid("The id of a certificate, or null for the organization's signing key.").nullable();

/** Takes a field of the contract as far as it means what this version does anyway. */
function onlyAs<Schema extends z.ZodType>(
  schema: Schema,
  isHarmless: (value: z.output<Schema>) => boolean,
  message: string,
): z.ZodOptional<Schema> {
  return schema.refine(isHarmless, { message, params: { code: "unsupported" } }).optional();
}

const samlNotYet = {
  metadata_xml: onlyAs(
    z.string().nullable(),
    (value) => value === null,
    "Metadata cannot be imported; give entity_id and acs_urls.",
  ),
};

const createOidcApplicationSchema = z.strictObject({
  protocol: z.literal("oidc"),
  name: nameSchema,
  grant_types: grantTypesSchema.default(["client_credentials"]),
  scopes: scopesSchema.default([]),
  redirect_uris: redirectUrisSchema.default([]),
  post_logout_redirect_uris: redirectUrisSchema.default([]),
  confidential: z.boolean().default(true),
  consent_required: z.boolean().default(false),
  token_expiry_secs: tokenExpirySchema.default(TOKEN_EXPIRY_SECONDS.default),
  id_token_expiry_secs: tokenExpirySchema.default(TOKEN_EXPIRY_SECONDS.default),
  refresh_token_expiry_secs: refreshTokenExpirySchema.default(REFRESH_TOKEN_EXPIRY_SECONDS.default),
  signing_cert_id: signingCertIdSchema.optional(),
});

const createSamlApplicationSchema = z.strictObject({
  protocol: z.literal("saml"),
  name: nameSchema,
  entity_id: entityIdSchema,
  acs_urls: acsUrlsSchema,
  name_id_format: nameIdFormatSchema.optional(),
  signing_cert_id: signingCertIdSchema.optional(),
  ...samlNotYet,
});

/** The body of `POST /api/v1/admin/applications`. */
export const createApplicationSchema = z.discriminatedUnion(
  "protocol",
  [createOidcApplicationSchema, createSamlApplicationSchema],
  `One of ${PROTOCOLS.join(", ")}.`,
);
/** A new application. */
export type CreateApplicationInput = z.output<typeof createApplicationSchema>;

/** The body of `PATCH /api/v1/admin/applications/{id}`; which fields fit is decided by the application's protocol. */
export const updateApplicationSchema = z.strictObject({
  protocol: z.enum(PROTOCOLS).optional(),
  name: nameSchema.optional(),
  grant_types: grantTypesSchema.optional(),
  scopes: scopesSchema.optional(),
  redirect_uris: redirectUrisSchema.optional(),
  post_logout_redirect_uris: redirectUrisSchema.optional(),
  confidential: z.boolean().optional(),
  consent_required: z.boolean().optional(),
  token_expiry_secs: tokenExpirySchema.optional(),
  id_token_expiry_secs: tokenExpirySchema.optional(),
  refresh_token_expiry_secs: refreshTokenExpirySchema.optional(),
  entity_id: entityIdSchema.optional(),
  acs_urls: acsUrlsSchema.optional(),
  name_id_format: nameIdFormatSchema.optional(),
  signing_cert_id: signingCertIdSchema.optional(),
  ...samlNotYet,
});
/** A change of an application. */
export type UpdateApplicationInput = z.output<typeof updateApplicationSchema>;

/** The body of `PUT /api/v1/admin/applications/{id}/signing-certificate`. */
export const assignCertificateSchema = z.strictObject({ signing_cert_id: signingCertIdSchema });

/** The path parameter of one application. */
export const applicationIdSchema = z.strictObject({ id: z.uuid() });

/** The path parameters of one client secret. */
export const clientSecretParamsSchema = z.strictObject({ id: z.uuid(), secretId: z.uuid() });

/** The query of a deletion; `dry_run=true` only asks what it would do. */
export const deletionSchema = z.strictObject({
  dry_run: z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional(),
});

/** The query of a list of applications; `search` is a part of the name. */
export const listApplicationsSchema = pagingSchema.extend({
  search: z
    .string()
    .trim()
    .max(100)
    .refine((text) => !UNPRINTABLE.test(text))
    .optional(),
  protocol: z.enum(PROTOCOLS).optional(),
});
/** Which page of which applications is wanted. */
export type ListApplicationsInput = z.output<typeof listApplicationsSchema>;
/** Narrows a list of applications. */
export type ApplicationFilter = Pick<ListApplicationsInput, "search" | "protocol">;

/** Strings as a JSON column holds them. */
export const stringListSchema = z.array(z.string());

/** Grants as a JSON column holds them. */
export const grantTypeListSchema = z.array(z.enum(GRANT_TYPES));
