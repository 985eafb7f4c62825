// What people type about organizations and their members, checked.
import { z } from "zod";
import { ROLES } from "../auth/permissions.ts";
import { emailSchema } from "../auth/schema.ts";
import { isReservedId, ORGANIZATION_ID } from "./organization.ts";

const nameSchema = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(80, "At most 80 characters.")
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, "No control characters.");

/** A new organization; `id` is its slug. */
export const createOrganizationSchema = z.strictObject({
  id: z
    .string()
    .trim()
    .regex(ORGANIZATION_ID, "1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end.")
    .refine((id) => !isReservedId(id), "This id is reserved."),
  name: nameSchema,
});
/** A new organization, checked. */
export type CreateOrganizationInput = z.output<typeof createOrganizationSchema>;

/** Another name for the organization. */
export const renameOrganizationSchema = z.strictObject({ name: nameSchema });
/** Another name for the organization, checked. */
export type RenameOrganizationInput = z.output<typeof renameOrganizationSchema>;

/** A new member; `name` is used only when the person has no account yet. */
export const addMemberSchema = z.strictObject({
  email: emailSchema,
  name: z.union([z.literal(""), nameSchema]).optional(),
  role: z.enum(ROLES),
});
/** A new member, checked. */
export type AddMemberInput = z.output<typeof addMemberSchema>;

/** Another role for a member. */
export const changeRoleSchema = z.strictObject({ user_id: z.string().min(1).max(100), role: z.enum(ROLES) });
/** Another role for a member, checked. */
export type ChangeRoleInput = z.output<typeof changeRoleSchema>;

/** Names a member. */
export const removeMemberSchema = z.strictObject({ user_id: z.string().min(1).max(100) });
/** Names a member, checked. */
export type RemoveMemberInput = z.output<typeof removeMemberSchema>;

/** Whether a person is to be shut out of everything; `force` also lets an organization lose its last owner. */
export const setDisabledSchema = z.strictObject({
  email: emailSchema,
  is_disabled: z.boolean(),
  force: z.boolean().default(false),
});
/** Whether a person is to be shut out, checked. */
export type SetDisabledInput = z.output<typeof setDisabledSchema>;
