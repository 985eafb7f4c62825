// The applications of an organization, by name.
"use client";

import { type ReactElement, type ReactNode, useMemo } from "react";
import type { ApplicationRow } from "#components/applications/application-row.ts";
import { Badge } from "#components/ui/badge.tsx";
import { formatNumber } from "#components/ui/format-count.ts";
import { formatDuration } from "#components/ui/format-time.ts";
import { type PackedRows, unpackRows } from "#components/ui/packed.ts";
import { useTimeAgo } from "#components/ui/relative-time.tsx";
import { Table } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";

type ApplicationTableProps = {
  applications: PackedRows<ApplicationRow>;
  applicationsHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
  empty: ReactNode;
};

/** A table of OIDC clients and SAML service providers. */
export function ApplicationTable({ applications, applicationsHref, now, empty }: ApplicationTableProps): ReactElement {
  const rows = useMemo(() => unpackRows(applications), [applications]);
  const createdAt = useMemo(() => rows.map((application) => application.createdAt), [rows]);
  const ago = useTimeAgo(now, createdAt);
  return (
    <Table
      caption="Applications by name"
      rows={rows}
      rowKey={(application) => application.id}
      empty={empty}
      columns={[
        {
          key: "name",
          header: "Name",
          isRowHeader: true,
          cell: (application) => (
            <TextLink href={`${applicationsHref}/${application.id}`} className="wrap-anywhere">
              {application.name}
            </TextLink>
          ),
        },
        {
          key: "protocol",
          header: "Protocol",
          cell: ({ protocol }) => (
            <Badge tone={protocol === "oidc" ? "accent" : "neutral"}>{protocol.toUpperCase()}</Badge>
          ),
        },
        {
          key: "identifier",
          header: "Client or entity ID",
          cell: (application) => <code className="kid text-xs break-all text-muted">{application.identifier}</code>,
        },
        {
          key: "expiry",
          header: "Token expiry",
          className: "@2xl:whitespace-nowrap",
          cell: ({ tokenExpirySecs }) => (tokenExpirySecs === null ? <NotThere /> : formatDuration(tokenExpirySecs)),
        },
        {
          key: "sessions",
          header: "Active sessions",
          align: "end",
          className: "tabular-nums",
          cell: ({ activeSessions }) => (activeSessions === null ? <NotThere /> : formatNumber(activeSessions)),
        },
        {
          key: "created",
          header: "Created",
          className: "text-muted @2xl:whitespace-nowrap",
          cell: (application) => ago(application.createdAt),
        },
      ]}
    />
  );
}

function NotThere(): ReactElement {
  return (
    <span className="text-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">Not for SAML</span>
    </span>
  );
}
