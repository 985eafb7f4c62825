// What may come in about signing keys: the bodies and queries of the management API, which the portal's actions send alike.
import { z } from "zod";
import { RSA_BITS, SIGNING_ALGORITHMS } from "../crypto/algorithms.ts";

const MAXIMUM_REASON_CHARACTERS = 500;

const kidSchema = z
  .string()
  .min(1, "A kid is needed.")
  .max(128, "At most 128 characters.")
  .regex(/^[\x21-\x7E]+$/, "A kid is printable ASCII without spaces.");

const algorithmSchema = z.enum(SIGNING_ALGORITHMS, `One of ${SIGNING_ALGORITHMS.join(", ")}.`);
const rsaBitsSchema = z.literal(RSA_BITS, `One of ${RSA_BITS.join(", ")}.`);

const flagSchema = z
  .enum(["true", "false"], "true or false.")
  .optional()
  .transform((value) => value === "true");

const reasonSchema = z
  .string()
  .trim()
  .min(1, "A reason is needed.")
  .max(MAXIMUM_REASON_CHARACTERS, `At most ${MAXIMUM_REASON_CHARACTERS} characters.`)
  .refine((reason) => !/[^\P{C}\p{Cf}\n\r\t]/u.test(reason), "Must not contain control characters.");

/** The body of a rotation; `algorithm` and `rsa_bits` are those of the new next key. */
export const rotateKeySchema = z
  .strictObject({
    expected_current_kid: kidSchema.optional(),
    algorithm: algorithmSchema.optional(),
    rsa_bits: rsaBitsSchema.optional(),
    override_reason: reasonSchema.optional(),
  })
  .superRefine(refuseBitsOfCurve);
/** A checked {@link rotateKeySchema}. */
export type RotateKeyInput = z.output<typeof rotateKeySchema>;

/** The body of a replacement of the next key. */
export const replaceNextKeySchema = z
  .strictObject({ algorithm: algorithmSchema, rsa_bits: rsaBitsSchema.optional() })
  .superRefine(refuseBitsOfCurve);
/** A checked {@link replaceNextKeySchema}. */
export type ReplaceNextKeyInput = z.output<typeof replaceNextKeySchema>;

/** What the portal sends to drop a previous key. */
export const dropKeySchema = z.strictObject({ kid: kidSchema, force: z.boolean() });
/** Which previous key goes: the latest when `kid` is absent; `force` also before it is safe. */
export type DropKeyInput = { kid?: string | undefined; force: boolean };

/** The path of a drop by kid. */
export const keyParamsSchema = z.strictObject({ kid: kidSchema });
/** The query of a rotation. */
export const rotateQuerySchema = z.strictObject({ dry_run: flagSchema });
/** The query of a drop. */
export const dropQuerySchema = z.strictObject({ force: flagSchema, dry_run: flagSchema });

function refuseBitsOfCurve(
  input: { algorithm?: string | undefined; rsa_bits?: number | undefined },
  context: z.RefinementCtx,
): void {
  if (input.rsa_bits === undefined || !input.algorithm?.startsWith("ES")) return;
  context.addIssue({ code: "custom", path: ["rsa_bits"], message: "An elliptic curve key has no such size." });
}
