// The 3-dot menu of a session: what to look at alone, and what to revoke.
"use client";

import { AppWindow, Ban, User } from "lucide-react";
import { type ReactElement, useState } from "react";
import { type RevocationTarget, type RevokeSessionsActions, whoOf } from "#components/sessions/session-action.ts";
import { SessionRevokeDialog } from "#components/sessions/session-revoke-dialog.tsx";
import { ActionMenu } from "#components/ui/action-menu.tsx";
import { MenuGroup } from "#components/ui/menu-group.tsx";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { MenuLinkItem } from "#components/ui/menu-link-item.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { SessionView } from "#lib/sessions/view.ts";

type SessionMenuProps = {
  session: SessionView;
  sessionsHref: string;
  now: string;
  /** Null for who may only look. */
  revokeActions: RevokeSessionsActions | null;
};

/** The menu with its dialog. */
export function SessionMenu({ session, sessionsHref, now, revokeActions }: SessionMenuProps): ReactElement {
  const dialog = useDialog();
  const [target, setTarget] = useState<RevocationTarget>({ kind: "session", session });
  const { application, user } = session;
  function ask(chosen: RevocationTarget): void {
    setTarget(chosen);
    dialog.show();
  }
  return (
    <>
      <ActionMenu label={`Actions for the session of ${whoOf(session)} at ${application.name}`}>
        <MenuGroup label="Show" isLabelHidden>
          <MenuLinkItem
            href={`${sessionsHref}?application_id=${application.id}`}
            icon={<AppWindow aria-hidden="true" />}
          >
            {`Only ${application.name}`}
          </MenuLinkItem>
          {user === null ? null : (
            <MenuLinkItem href={`${sessionsHref}?user_id=${user.id}`} icon={<User aria-hidden="true" />}>
              {`Only ${user.email}`}
            </MenuLinkItem>
          )}
        </MenuGroup>
        {revokeActions === null ? null : (
          <MenuGroup label="Revoke">
            <RevokeItem onSelect={() => ask({ kind: "session", session })}>This session</RevokeItem>
            <RevokeItem onSelect={() => ask({ kind: "application", application })}>
              {`All of ${application.name}`}
            </RevokeItem>
            {user === null ? null : (
              <RevokeItem onSelect={() => ask({ kind: "user", user })}>{`All of ${user.email}`}</RevokeItem>
            )}
          </MenuGroup>
        )}
      </ActionMenu>
      {revokeActions === null ? null : (
        <SessionRevokeDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={dialog.setOpen}
          target={target}
          now={now}
          revokeActions={revokeActions}
        />
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
