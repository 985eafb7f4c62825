// The overview of an organization: its keys, what needs attention, its numbers and the latest events.
import type { ReactElement } from "react";
import { findAttention } from "#components/overview/attention.ts";
import { AttentionCard } from "#components/overview/attention-card.tsx";
import { CertificateExpiryNotice } from "#components/overview/certificate-expiry-notice.tsx";
import { CountTiles } from "#components/overview/count-tiles.tsx";
import { KeySummaryCard } from "#components/overview/key-summary-card.tsx";
import { LatestEventsCard } from "#components/overview/latest-events-card.tsx";
import { formatNumber } from "#components/ui/format-count.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { countApplications } from "#lib/applications/service.ts";
import { listAuditHeadlines } from "#lib/audit/service.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { Permission } from "#lib/auth/permissions.ts";
import { countExpiring } from "#lib/certificates/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { getSigningKeyStatus } from "#lib/keys/service.ts";
import { getOrganization, listMembers } from "#lib/organizations/service.ts";

const LATEST_EVENTS = 6;

export default async function OverviewPage({ params }: { params: Promise<{ orgId: string }> }): Promise<ReactElement> {
  const { actor, organization, status, certificates, applications, events, members } = await portalPage(
    params,
    readOverview,
  );
  const portalHref = `/orgs/${actor.organizationId}/portal`;
  return (
    <>
      <PageHeader title={organization.name} description="The keys that your identity provider signs with." />
      <div className="flex flex-col gap-4">
        <CertificateExpiryNotice {...certificates} certificatesHref={`${portalHref}/certificates?sort=expires_at`} />
        <CountTiles
          tiles={[
            { label: "Applications", count: formatNumber(applications), href: `${portalHref}/applications` },
            { label: "Active sessions", count: formatNumber(status.active_sessions), href: `${portalHref}/sessions` },
            ...(members === null
              ? []
              : [{ label: "Members", count: formatNumber(members.length), href: `${portalHref}/settings` }]),
          ]}
        />
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <KeySummaryCard status={status} signingKeyHref={`${portalHref}/signing-keys`} />
          <AttentionCard items={findAttention(status, applications)} portalHref={portalHref} />
        </div>
        {events === null ? null : (
          <LatestEventsCard events={events.data} auditLogHref={`${portalHref}/audit-log`} now={status.server_time} />
        )}
      </div>
    </>
  );
}

async function readOverview({ actor, now }: { actor: Actor; now: Date }) {
  const may = (permission: Permission): boolean => actor.permissions.has(permission);
  // Five queries at once, then five: PostgreSQL has ten connections for everybody.
  const status = await getSigningKeyStatus(actor, now);
  const [organization, certificates, applications, events, members] = await Promise.all([
    getOrganization(actor),
    countExpiring(actor, now),
    countApplications(actor),
    may("audit.view") ? listAuditHeadlines(actor, { limit: LATEST_EVENTS }) : null,
    may("members.manage") ? listMembers(actor) : null,
  ]);
  return { actor, organization, status, certificates, applications, events, members };
}
