"use server";
// What can be done under Settings: the organization, its members, access tokens, and one's own account.
import { requireSignedIn } from "#lib/auth/portal.ts";
import { changePasswordSchema, revokePortalSessionSchema } from "#lib/auth/schema.ts";
import { revokeOwnSession } from "#lib/auth/service.ts";
import { action } from "#lib/http/action.ts";
import {
  addMemberSchema,
  changeRoleSchema,
  createOrganizationSchema,
  removeMemberSchema,
  renameOrganizationSchema,
} from "#lib/organizations/schema.ts";
import {
  addMember,
  changeOwnPassword,
  changeRole,
  createOrganization,
  removeMember,
  renameOrganization,
} from "#lib/organizations/service.ts";
import { createTokenSchema, tokenIdSchema } from "#lib/tokens/schema.ts";
import { createToken, revokeToken } from "#lib/tokens/service.ts";

export const createOrganizationAction = action({
  input: createOrganizationSchema,
  run: ({ actor, input, now }) => createOrganization(actor, input, now),
});

export const renameOrganizationAction = action({
  input: renameOrganizationSchema,
  run: ({ actor, input, now }) => renameOrganization(actor, input, now),
});

export const addMemberAction = action({
  input: addMemberSchema,
  needsProof: true,
  permissions: ["members.manage"],
  run: ({ actor, input, now }) => addMember(actor, input, now),
});

export const changeRoleAction = action({
  input: changeRoleSchema,
  needsProof: true,
  permissions: ["members.manage"],
  run: ({ actor, input, now }) => changeRole(actor, input, now),
});

export const removeMemberAction = action({
  input: removeMemberSchema,
  needsProof: true,
  permissions: ["members.manage"],
  run: ({ actor, input, now }) => removeMember(actor, input, now),
});

export const createTokenAction = action({
  input: createTokenSchema,
  needsProof: true,
  run: ({ actor, input, now }) => createToken(actor, input, now),
});

export const revokeTokenAction = action({
  input: tokenIdSchema,
  needsProof: true,
  run: ({ actor, input, now }) => revokeToken(actor, input, now),
});

export const changePasswordAction = action({
  input: changePasswordSchema,
  run: async ({ actor, input, now }) => {
    const { sessionId } = await requireSignedIn();
    return changeOwnPassword(actor, { ...input, currentSessionId: sessionId }, now);
  },
});

export const revokeSessionAction = action({
  input: revokePortalSessionSchema,
  needsProof: true,
  run: ({ actor, input, now }) => revokeOwnSession(actor, input.id, now),
});
