// The sessions that are alive: who, with what, since when, and which key their tokens need.
import { Radio } from "lucide-react";
import type { ReactElement } from "react";
import { Kid } from "#components/keys/kid.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { SessionView } from "#lib/sessions/view.ts";

type SessionTableProps = {
  sessions: readonly SessionView[];
  applicationsHref: string;
  signingKeyHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
};

/** A table of sessions, the latest start first. */
export function SessionTable({ sessions, applicationsHref, signingKeyHref, now }: SessionTableProps): ReactElement {
  return (
    <Table
      caption="Active sessions, the latest start first"
      rows={sessions}
      rowKey={(session) => session.id}
      empty={
        <EmptyState icon={<Radio aria-hidden="true" />} title="No session is active">
          A session begins when an application gets a token, and ends when the last of its tokens has expired.
        </EmptyState>
      }
      columns={[
        {
          key: "application",
          header: "Application",
          isRowHeader: true,
          cell: ({ application }) => (
            <TextLink href={`${applicationsHref}/${application.id}`} className="wrap-anywhere">
              {application.name}
            </TextLink>
          ),
        },
        {
          key: "subject",
          header: "Who",
          cell: ({ subject, user }) =>
            user?.email ?? <code className="kid text-xs break-all text-muted">{subject}</code>,
        },
        {
          key: "keys",
          header: "Signed by",
          cell: ({ keys }) => (
            <TextLink href={signingKeyHref}>
              {keys.map(({ kid }) => (
                <Kid key={kid} kid={kid} isShort className="text-xs" />
              ))}
            </TextLink>
          ),
        },
        { key: "started", header: "Since", cell: (session) => <RelativeTime at={session.started_at} now={now} /> },
        { key: "used", header: "Last used", cell: (session) => <RelativeTime at={session.last_used_at} now={now} /> },
        { key: "expires", header: "Expires", cell: (session) => <RelativeTime at={session.expires_at} now={now} /> },
      ]}
    />
  );
}
