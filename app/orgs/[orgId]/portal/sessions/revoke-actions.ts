import "server-only";
// The actions that revoke sessions, bound to one organization.
import type { RevokeSessionsActions } from "#components/sessions/session-action.ts";
import { revokeSessionAction, revokeSessionGroupAction } from "./actions.ts";

/** What the components get where the person may revoke. */
export function revokeActionsOf(organizationId: string): RevokeSessionsActions {
  return {
    one: revokeSessionAction.bind(null, organizationId),
    group: revokeSessionGroupAction.bind(null, organizationId),
  };
}
