// What the 3-dot menu of a session offers: what to look at alone, and what to ask to revoke.
"use client";

import { AppWindow, Ban, User } from "lucide-react";
import type { ReactElement } from "react";
import type { RevocationTarget } from "#components/sessions/session-action.ts";
import { MenuGroup } from "#components/ui/menu-group.tsx";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { MenuLinkItem } from "#components/ui/menu-link-item.tsx";
import type { SessionView } from "#lib/sessions/view.ts";

type SessionMenuItemsProps = {
  session: SessionView;
  sessionsHref: string;
  /** Called with what shall be revoked; null for who may only look. */
  onRevoke: ((target: RevocationTarget) => void) | null;
};

/** The rows of the menu. */
export function SessionMenuItems({ session, sessionsHref, onRevoke }: SessionMenuItemsProps): ReactElement {
  const { application, user } = session;
  return (
    <>
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
    </>
  );
}

function RevokeItem({ onSelect, children }: { onSelect: () => void; children: string }): ReactElement {
  return (
    <MenuItem tone="danger" icon={<Ban aria-hidden="true" />} onSelect={onSelect}>
      {children}
    </MenuItem>
  );
}
