// What the Signing Certificate dropdown asks for.
import { z } from "zod";

/** `search` is a part of a name, a subject or a fingerprint; `selected` is the certificate that must be among the entries. */
export const selectableCertificatesSchema = z.strictObject({
  search: z
    .string()
    .trim()
    .max(100)
    .refine((text) => !text.includes("\0") && text.isWellFormed())
    .optional(),
  selected: z.uuid().nullable().optional(),
});
