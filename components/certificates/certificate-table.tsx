// The managed certificates of an organization.
"use client";

import { type ReactElement, type ReactNode, useMemo } from "react";
import { ExpiryBadge } from "#components/certificates/expiry-badge.tsx";
import { Fingerprint } from "#components/certificates/fingerprint.tsx";
import { describeKeyAlgorithm } from "#components/certificates/key-algorithm.ts";
import { ReplacementLink } from "#components/certificates/replacement-link.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { formatDay, formatInstant } from "#components/ui/format-time.ts";
import { type PackedRows, unpackRows } from "#components/ui/packed.ts";
import { Table, type TableColumn } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { ListCertificatesInput } from "#lib/certificates/schema.ts";
import type { CertificateSummaryView } from "#lib/certificates/view.ts";

type CertificateTableProps = {
  certificates: PackedRows<CertificateSummaryView>;
  /** Deleted ones show when that was instead of who uses them. */
  state: ListCertificatesInput["state"];
  certificatesHref: string;
  applicationsHref: string;
  empty: ReactNode;
};

/** A table with one row for each certificate. */
export function CertificateTable(props: CertificateTableProps): ReactElement {
  const { certificates, state, certificatesHref, applicationsHref, empty } = props;
  return (
    <Table
      caption={state === "deleted" ? "Deleted certificates" : "Managed certificates"}
      rows={useMemo(() => unpackRows(certificates), [certificates])}
      rowKey={(certificate) => certificate.id}
      empty={empty}
      columns={[
        {
          key: "name",
          header: "Name",
          isRowHeader: true,
          cell: (certificate) => <Name certificate={certificate} certificatesHref={certificatesHref} />,
        },
        { key: "subject", header: "Subject CN", cell: (certificate) => <CommonName name={certificate.common_name} /> },
        {
          key: "algorithm",
          header: "Algorithm",
          className: "@2xl:whitespace-nowrap",
          cell: (certificate) => describeKeyAlgorithm(certificate.key_algorithm),
        },
        { key: "expiry", header: "Expires", cell: (certificate) => <Expiry certificate={certificate} /> },
        {
          key: "fingerprint",
          header: "SHA-256",
          cell: (certificate) => (
            <Fingerprint isShort value={certificate.fingerprint_sha256} label={certificate.name} />
          ),
        },
        state === "deleted" ? deletedColumn : usedByColumn(applicationsHref),
      ]}
    />
  );
}

function Name({ certificate, certificatesHref }: NameProps): ReactElement {
  const { id, name, replaced_by: replacement } = certificate;
  return (
    <>
      <TextLink href={`${certificatesHref}/${id}`} className="wrap-anywhere">
        <bdi>{name}</bdi>
      </TextLink>
      {replacement === null ? null : (
        <span className="mt-0.5 block text-xs font-normal text-muted">
          {"Renewed: see "}
          <ReplacementLink name={name} replacement={replacement} certificatesHref={certificatesHref} />
        </span>
      )}
    </>
  );
}

type NameProps = { certificate: CertificateSummaryView; certificatesHref: string };

const deletedColumn: TableColumn<CertificateSummaryView> = {
  key: "deleted",
  header: "Deleted",
  cell: ({ deleted_at: at }) => (at === null ? null : <Day at={at} />),
};

function usedByColumn(applicationsHref: string): TableColumn<CertificateSummaryView> {
  return {
    key: "used",
    header: "Used by",
    cell: ({ used_by: users }) => <Users users={users} applicationsHref={applicationsHref} />,
  };
}

function Day({ at }: { at: string }): ReactElement {
  return (
    <time dateTime={at} title={formatInstant(at, true)} className="whitespace-nowrap">
      {formatDay(at)}
    </time>
  );
}

function CommonName({ name }: { name: string }): ReactElement {
  return name === "" ? <span className="text-faint">None</span> : <bdi>{name}</bdi>;
}

function Expiry({ certificate }: { certificate: CertificateSummaryView }): ReactElement {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Day at={certificate.expires_at} />
      {certificate.deleted_at === null ? <ExpiryBadge {...certificate} /> : null}
    </span>
  );
}

type UsersProps = { users: CertificateSummaryView["used_by"]; applicationsHref: string };

function Users({ users, applicationsHref }: UsersProps): ReactElement {
  const [first, ...rest] = users;
  if (first === undefined) return <span className="text-faint">Not used</span>;
  return (
    <span>
      <TextLink href={`${applicationsHref}/${first.id}`}>
        <bdi>{first.name}</bdi>
      </TextLink>
      {rest.length === 0 ? null : (
        <span className="text-muted" title={rest.map(({ name }) => name).join(", ")}>
          {` and ${formatCount(rest.length, "more", "more")}`}
        </span>
      )}
    </span>
  );
}
