// The sessions that are alive, and the keys that their tokens still need.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { SessionTable } from "#components/sessions/session-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { portalPage } from "#lib/http/portal-page.ts";
import { pagingSchema } from "#lib/paging.ts";
import { listSessions } from "#lib/sessions/service.ts";

export const metadata: Metadata = { title: "Sessions" };

type SessionsPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SessionsPage({ params, searchParams }: SessionsPageProps): Promise<ReactElement> {
  const query = pagingSchema.safeParse(await searchParams);
  if (!query.success) notFound();
  const { page, portalHref, now } = await portalPage(params, async ({ actor, now: at }) => ({
    page: await listSessions(actor, query.data, at),
    portalHref: `/orgs/${actor.organizationId}/portal`,
    now: at.toISOString(),
  }));
  const href = `${portalHref}/sessions`;
  return (
    <>
      <PageHeader
        title="Sessions"
        description="Applications that hold a token which may still be valid. One that holds tokens of two keys stands here once for each."
      />
      <Card
        isFlush
        footer={
          <Pagination
            label="Sessions"
            previousHref={query.data.cursor === undefined ? null : href}
            previousLabel="Newest"
            nextHref={page.next_cursor === null ? null : `${href}?${new URLSearchParams({ cursor: page.next_cursor })}`}
            summary={formatCount(page.total, "active session")}
          />
        }
      >
        <SessionTable
          sessions={page.data}
          applicationsHref={`${portalHref}/applications`}
          signingKeyHref={`${portalHref}/signing-keys`}
          now={now}
        />
      </Card>
    </>
  );
}
