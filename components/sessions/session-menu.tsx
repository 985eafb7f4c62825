// The 3-dot menu of a session: what to look at alone, and what to ask to revoke.
"use client";

import { AppWindow, Ban, User } from "lucide-react";
import { memo, type ReactElement } from "react";
import { type RevocationTarget, whoOf } from "#components/sessions/session-action.ts";
import { ActionMenu } from "#components/ui/action-menu.tsx";
import { MenuGroup } from "#components/ui/menu-group.tsx";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { MenuLinkItem } from "#components/ui/menu-link-item.tsx";
import type { SessionView } from "#lib/sessions/view.ts";

type SessionMenuProps = {
  session: SessionView;
  sessionsHref: string;
  /** Called with what shall be revoked; null for who may only look. */
  onRevoke: ((target: RevocationTarget) => void) | null;
};

/** The menu; it stays as it is while the times beside it go on. */
export const SessionMenu = memo(Actions);

function Actions({ session, sessionsHref, onRevoke }: SessionMenuProps): ReactElement {
  const { application, user } = session;
  return (
    <ActionMenu label={`Actions for the session of ${whoOf(session)} at ${application.name}`}>
      <MenuGroup label="Show" isLabelHidden>
        <MenuLinkItem href={`${sessionsHref}?application_id=${application.id}`} icon={<AppWindow aria-hidden="true" />}>
          {`Only ${application.name}`}
        </MenuLinkItem>
        {user === null ? null : (
          <MenuLinkItem href={`${sessionsHref}?user_id=${user.id}`} icon={<User aria-hidden="true" />}>
            {`Only ${user.email}`}
          </MenuLinkItem>
        )}
      </MenuGroup>
      {onRevoke === null ? null : (
        <MenuGroup label="Revoke">
          <RevokeItem onSelect={() => onRevoke({ kind: "session", session })}>This session</RevokeItem>
          <RevokeItem onSelect={() => onRevoke({ kind: "application", application })}>
            {`All of ${application.name}`}
          </RevokeItem>
          {user === null ? null : (
            <RevokeItem onSelect={() => onRevoke({ kind: "user", user })}>{`All of ${user.email}`}</RevokeItem>
          )}
        </MenuGroup>
      )}
    </ActionMenu>
  );
}

function RevokeItem({ onSelect, children }: { onSelect: () => void; children: string }): ReactElement {
  return (
    <MenuItem tone="danger" icon={<Ban aria-hidden="true" />} onSelect={onSelect}>
      {children}
    </MenuItem>
  );
}
