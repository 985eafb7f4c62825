// The sessions that are alive: all, or those of an application, a person or a key; and how they end.
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import type { RevocationTarget } from "#components/sessions/session-action.ts";
import { SessionFilterNote } from "#components/sessions/session-filter-note.tsx";
import { SessionRevokeButton } from "#components/sessions/session-revoke-button.tsx";
import { SessionTable } from "#components/sessions/session-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { packRows } from "#components/ui/packed.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { portalPage } from "#lib/http/portal-page.ts";
import { listSessionsSchema } from "#lib/sessions/schema.ts";
import { listSessions } from "#lib/sessions/service.ts";
import { pageHeads } from "../page-heads.ts";
import { revokeActionsOf } from "./revoke-actions.ts";
import { readSessionFilter } from "./session-filter.ts";

type SessionsPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SessionsPage({ params, searchParams }: SessionsPageProps): Promise<ReactElement> {
  const query = listSessionsSchema.safeParse(await searchParams);
  if (!query.success) notFound();
  const { limit: _limit, cursor, ...filter } = query.data;
  const { page, shown, portalHref, revokeActions, now } = await portalPage(params, async ({ actor, now: at }) => {
    const canRevoke = actor.permissions.has("certificates.manage") || actor.permissions.has("applications.manage");
    return {
      page: await listSessions(actor, query.data, at),
      shown: await readSessionFilter(actor, filter, at),
      portalHref: `/orgs/${actor.organizationId}/portal`,
      revokeActions: canRevoke ? revokeActionsOf(actor.organizationId) : null,
      now: at.toISOString(),
    };
  });
  const hrefs = {
    sessions: `${portalHref}/sessions`,
    applications: `${portalHref}/applications`,
    signingKey: `${portalHref}/signing-keys`,
  };
  const addressOf = (to: Record<string, string>): string => {
    const words = new URLSearchParams({ ...definedOf(filter), ...to }).toString();
    return words === "" ? hrefs.sessions : `${hrefs.sessions}?${words}`;
  };
  const target: RevocationTarget | null = shown === null ? { kind: "all" } : shown.target;
  return (
    <>
      <PageHeader
        {...pageHeads.sessions}
        actions={
          revokeActions === null || target === null || page.total === 0 ? undefined : (
            <SessionRevokeButton label="Revoke sessions" target={target} now={now} revokeActions={revokeActions} />
          )
        }
      />
      {shown === null ? null : <SessionFilterNote text={shown.text} allHref={hrefs.sessions} />}
      <Card
        isFlush
        footer={
          page.total === 0 ? undefined : (
            <Pagination
              label="Sessions"
              previousHref={cursor === undefined ? null : addressOf({})}
              previousLabel="Newest"
              nextHref={page.next_cursor === null ? null : addressOf({ cursor: page.next_cursor })}
              summary={formatCount(page.total, "active session")}
            />
          )
        }
      >
        <SessionTable
          sessions={packRows(page.data)}
          hrefs={hrefs}
          now={now}
          revokeActions={revokeActions}
          {...(shown === null
            ? {}
            : { empty: { title: "No session is active here", text: "Nothing alive matches what is shown." } })}
        />
      </Card>
    </>
  );
}

function definedOf(filter: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
