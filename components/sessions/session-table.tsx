// The sessions that are alive: who, with what, since when, and which keys their tokens need.
"use client";

import { Radio } from "lucide-react";
import { type ReactElement, type ReactNode, useMemo } from "react";
import { Kid } from "#components/keys/kid.tsx";
import { type RevocationTarget, type RevokeSessionsActions, whoOf } from "#components/sessions/session-action.ts";
import { SessionMenuItems } from "#components/sessions/session-menu-items.tsx";
import { SessionRevokeDialog } from "#components/sessions/session-revoke-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { type PackedRows, unpackRows } from "#components/ui/packed.ts";
import { useTimeAgo } from "#components/ui/relative-time.tsx";
import { RowMenu } from "#components/ui/row-menu.tsx";
import { RowMenuButton } from "#components/ui/row-menu-button.tsx";
import { Table } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useDialogAbout } from "#components/ui/use-dialog.ts";
import { type MenuHandle, useMenuHandle } from "#components/ui/use-menu-handle.ts";
import type { SessionView } from "#lib/sessions/view.ts";

/** Where sessions, applications and the signing key are shown. */
export type SessionHrefs = { sessions: string; applications: string; signingKey: string };

type SessionTableProps = {
  sessions: PackedRows<SessionView>;
  hrefs: SessionHrefs;
  /** The server's clock, ISO 8601. */
  now: string;
  /** Null for who may only look. */
  revokeActions: RevokeSessionsActions | null;
  /** Said instead of the rows when there are none. */
  empty?: { title: string; text: ReactNode };
};

const noSession = {
  title: "No session is active",
  text: "A session begins when somebody signs in to an application, or when a client gets a token by itself; it ends with the last of its tokens.",
};

/** A table of sessions, the latest start first. Whichever row asks, the table has one menu and one dialog. */
export function SessionTable({ revokeActions, ...rest }: SessionTableProps): ReactElement {
  const { hrefs, now } = rest;
  const menu = useMenuHandle<SessionView>();
  const dialog = useDialogAbout<RevocationTarget>();
  const onRevoke = revokeActions === null ? null : dialog.show;
  return (
    <>
      <Rows {...rest} menu={menu} />
      <RowMenu menu={menu}>
        {(session) => <SessionMenuItems session={session} sessionsHref={hrefs.sessions} onRevoke={onRevoke} />}
      </RowMenu>
      {revokeActions === null || dialog.subject === null ? null : (
        <SessionRevokeDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={dialog.setOpen}
          target={dialog.subject}
          now={now}
          revokeActions={revokeActions}
        />
      )}
    </>
  );
}

type RowsProps = Omit<SessionTableProps, "revokeActions"> & { menu: MenuHandle<SessionView> };

function Rows({ sessions, hrefs, now, empty = noSession, menu }: RowsProps): ReactElement {
  const rows = useMemo(() => unpackRows(sessions), [sessions]);
  const instants = useMemo(
    () => rows.flatMap(({ started_at: start, last_used_at: use, expires_at: end }) => [start, use, end]),
    [rows],
  );
  const ago = useTimeAgo(now, instants);
  return (
    <Table
      caption="Active sessions, the latest start first"
      rows={rows}
      rowKey={(session) => session.id}
      empty={
        <EmptyState icon={<Radio aria-hidden="true" />} title={empty.title}>
          {empty.text}
        </EmptyState>
      }
      columns={[
        { key: "who", header: "Who", isRowHeader: true, cell: (session) => <Who session={session} /> },
        {
          key: "application",
          header: "Application",
          cell: ({ application }) => (
            <TextLink href={`${hrefs.applications}/${application.id}`} className="wrap-anywhere">
              {application.name}
            </TextLink>
          ),
        },
        { key: "started", header: "Started", cell: (session) => ago(session.started_at) },
        { key: "used", header: "Last used", cell: (session) => ago(session.last_used_at) },
        { key: "expires", header: "Ends", cell: (session) => ago(session.expires_at) },
        { key: "keys", header: "Signed by", cell: ({ keys }) => <Keys keys={keys} href={hrefs.signingKey} /> },
        {
          key: "actions",
          header: "Actions",
          isHeaderHidden: true,
          align: "end",
          className: "list-corner",
          cell: (session) => (
            <RowMenuButton
              menu={menu}
              row={session}
              label={`Actions for the session of ${whoOf(session)} at ${session.application.name}`}
            />
          ),
        },
      ]}
    />
  );
}

function Who({ session: { user, subject, scope } }: { session: SessionView }): ReactElement {
  if (user === null) {
    return (
      <>
        <span className="block text-muted">The client itself</span>
        <code className="kid block text-xs break-all text-faint">{subject}</code>
      </>
    );
  }
  return (
    <>
      <bdi className="block">{user.name}</bdi>
      <span className="block text-xs font-normal text-muted">{user.email}</span>
      <span className="block text-xs font-normal text-faint">{scope}</span>
    </>
  );
}

function Keys({ keys, href }: { keys: SessionView["keys"]; href: string }): ReactElement {
  if (keys.length === 0) return <span className="text-xs text-faint">No token is valid now</span>;
  return (
    <ul className="space-y-0.5">
      {keys.map(({ kid }) => (
        <li key={kid}>
          <TextLink href={href}>
            <Kid kid={kid} isShort className="text-xs" />
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
