// What may come in about the deletion of a certificate.
import { z } from "zod";

const flag = z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional();

/**
 * The query of `DELETE /api/v1/admin/certificates/{id}`: `reassign=default` moves its applications to the organization's
 * signing key, `force=true` lets tokens fail that are still valid, `dry_run=true` only asks what would happen.
 */
export const deleteCertificateQuerySchema = z.strictObject({
  force: flag,
  reassign: z.literal("default", 'Only "default".').optional(),
  dry_run: flag,
});

/** The same for a form, which sends values instead of words. */
export const deleteCertificateSchema = z.strictObject({
  id: z.uuid(),
  force: z.boolean().optional(),
  reassign: z.literal("default", 'Only "default".').optional(),
  dry_run: z.boolean().optional(),
});
