// The audit log: who did what to which key, narrowed by action and outcome.
import { ScrollText } from "lucide-react";
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { AuditEventList } from "#components/audit/audit-event-list.tsx";
import { AuditFilter } from "#components/audit/audit-filter.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { pack } from "#components/ui/packed.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { AUDIT_ACTIONS } from "#lib/audit/event.ts";
import { listAuditEventsSchema } from "#lib/audit/schema.ts";
import { listAuditEvents } from "#lib/audit/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";

type AuditLogPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function AuditLogPage({ params, searchParams }: AuditLogPageProps): Promise<ReactElement> {
  const query = listAuditEventsSchema.safeParse(await searchParams);
  if (!query.success) notFound();
  const { action, outcome, cursor } = query.data;
  const { page, organizationId, now } = await portalPage(params, async ({ actor, now: at }) => ({
    page: await listAuditEvents(actor, query.data),
    organizationId: actor.organizationId,
    now: at.toISOString(),
  }));
  const portalHref = `/orgs/${organizationId}/portal`;
  const href = (to: { action?: string | undefined; outcome?: string | undefined; cursor?: string }): string => {
    const entries = Object.entries(to).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return `${portalHref}/audit-log?${new URLSearchParams(entries)}`;
  };
  return (
    <>
      <PageHeader
        title="Audit Log"
        description="Every change, every sign-in and every refusal. Nothing can be altered."
      />
      <AuditFilter actions={AUDIT_ACTIONS} action={action ?? null} outcome={outcome ?? null} />
      <Card
        isFlush
        footer={
          <Pagination
            label="Audit Log"
            previousHref={null}
            nextHref={page.next_cursor === null ? null : href({ action, outcome, cursor: page.next_cursor })}
            summary={
              cursor === undefined ? (
                `${formatCount(page.data.length, "event")} shown`
              ) : (
                <TextLink href={href({ action, outcome })}>Back to the newest</TextLink>
              )
            }
          />
        }
      >
        {page.data.length === 0 ? (
          <EmptyState icon={<ScrollText aria-hidden="true" />} title="No event">
            Nothing of this kind has happened here.
          </EmptyState>
        ) : (
          <AuditEventList events={pack(page.data)} now={now} certificatesHref={`${portalHref}/certificates`} />
        )}
      </Card>
    </>
  );
}
