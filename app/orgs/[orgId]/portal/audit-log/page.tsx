// The audit log: who did what to which key, narrowed by action and outcome.
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { AuditLog } from "#components/audit/audit-log.tsx";
import { packRows } from "#components/ui/packed.ts";
import { listAuditEventsSchema } from "#lib/audit/schema.ts";
import { listAuditHeadlines } from "#lib/audit/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { readEventAction } from "./actions.ts";

type AuditLogPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function AuditLogPage({ params, searchParams }: AuditLogPageProps): Promise<ReactElement> {
  const query = listAuditEventsSchema.safeParse(await searchParams);
  if (!query.success) notFound();
  const { action, outcome, cursor } = query.data;
  const { page, organizationId, now } = await portalPage(params, async ({ actor, now: at }) => ({
    page: await listAuditHeadlines(actor, query.data),
    organizationId: actor.organizationId,
    now: at.toISOString(),
  }));
  const portalHref = `/orgs/${organizationId}/portal`;
  const href = (to: { action?: string | undefined; outcome?: string | undefined; cursor?: string }): string => {
    const entries = Object.entries(to).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return `${portalHref}/audit-log?${new URLSearchParams(entries)}`;
  };
  return (
    <AuditLog
      events={packRows(page.data)}
      now={now}
      action={action ?? null}
      outcome={outcome ?? null}
      newestHref={cursor === undefined ? null : href({ action, outcome })}
      nextHref={page.next_cursor === null ? null : href({ action, outcome, cursor: page.next_cursor })}
      certificatesHref={`${portalHref}/certificates`}
      readEventAction={readEventAction.bind(null, organizationId)}
    />
  );
}
