// The applications of the organization: OIDC clients and SAML service providers, found by name.
import { AppWindow, Plus } from "lucide-react";
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { toApplicationRow } from "#components/applications/application-row.ts";
import { ApplicationSearch } from "#components/applications/application-search.tsx";
import { ApplicationTable } from "#components/applications/application-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { packRows } from "#components/ui/packed.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { listApplicationsSchema } from "#lib/applications/schema.ts";
import { listApplications } from "#lib/applications/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { pageHeads } from "../page-heads.ts";

type ApplicationsPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ApplicationsPage({ params, searchParams }: ApplicationsPageProps): Promise<ReactElement> {
  const query = listApplicationsSchema.safeParse(await searchParams);
  if (!query.success) notFound();
  const { search = "", protocol, cursor } = query.data;
  const { page, href, canManage, now } = await portalPage(params, async ({ actor, now: at }) => ({
    page: await listApplications(actor, query.data, at),
    href: `/orgs/${actor.organizationId}/portal/applications`,
    canManage: actor.permissions.has("applications.manage"),
    now: at.toISOString(),
  }));
  const addressOf = (to: Record<string, string>): string =>
    `${href}?${new URLSearchParams({ ...(search === "" ? {} : { search }), ...(protocol ? { protocol } : {}), ...to })}`;
  const create = canManage ? (
    <ButtonLink href={`${href}/new`} tone="primary" icon={<Plus className="size-4" aria-hidden="true" />}>
      New application
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <PageHeader {...pageHeads.applications} actions={create} />
      <ApplicationSearch applicationsHref={href} search={search} />
      <Card
        isFlush
        footer={
          page.data.length === 0 && cursor === undefined ? undefined : (
            <Pagination
              label="Applications"
              previousHref={cursor === undefined ? null : addressOf({})}
              previousLabel="First page"
              nextHref={page.next_cursor === null ? null : addressOf({ cursor: page.next_cursor })}
              nextLabel="Next"
              summary={`${page.data.length} shown${protocol ? `, only ${protocol.toUpperCase()}` : ""}, by name`}
            />
          )
        }
      >
        <ApplicationTable
          applications={packRows(page.data.map(toApplicationRow))}
          applicationsHref={href}
          now={now}
          empty={
            <EmptyState
              icon={<AppWindow aria-hidden="true" />}
              title={search === "" ? "No application yet" : "No application of this name"}
              action={search === "" ? create : undefined}
            >
              {search === "" ? "Register the first program or service provider." : `Nothing contains “${search}”.`}
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}
