// Security → Certificates: the managed certificates of the organization, found by name, subject or fingerprint.
import { Plus, Upload } from "lucide-react";
import { notFound } from "next/navigation";
import type { ReactElement } from "react";
import { CertificateListEmpty } from "#components/certificates/certificate-list-empty.tsx";
import { CertificateSearch } from "#components/certificates/certificate-search.tsx";
import { CertificateTable } from "#components/certificates/certificate-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import { packRows } from "#components/ui/packed.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { listCertificatesSchema } from "#lib/certificates/schema.ts";
import { listCertificates } from "#lib/certificates/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { pageHeads } from "../page-heads.ts";

type CertificatesPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CertificatesPage({ params, searchParams }: CertificatesPageProps): Promise<ReactElement> {
  const query = listCertificatesSchema.safeParse(await searchParams);
  if (!query.success) notFound();
  const { search = "", sort, state, cursor } = query.data;
  const { page, portalHref, canManage } = await portalPage(params, async ({ actor, now }) => ({
    page: await listCertificates(actor, query.data, now),
    portalHref: `/orgs/${actor.organizationId}/portal`,
    canManage: actor.permissions.has("certificates.manage"),
  }));
  const href = `${portalHref}/certificates`;
  const addressOf = (to: Record<string, string>): string =>
    `${href}?${new URLSearchParams({ ...(search === "" ? {} : { search }), sort, state, ...to })}`;
  const isEmpty = page.data.length === 0;
  const hasNothing = isEmpty && search === "" && cursor === undefined;
  return (
    <>
      <PageHeader {...pageHeads.certificates} actions={canManage ? <Controls href={href} /> : undefined} />
      <LinkTabs
        label="Which certificates"
        tabs={[
          { href: addressOf({ state: "live" }), label: "In service", isCurrent: state === "live" },
          { href: addressOf({ state: "deleted" }), label: "Deleted", isCurrent: state === "deleted" },
        ]}
      />
      {hasNothing ? null : <CertificateSearch certificatesHref={href} search={search} sort={sort} state={state} />}
      <Card
        isFlush
        footer={
          isEmpty && cursor === undefined ? undefined : (
            <Pagination
              label="Certificates"
              previousHref={cursor === undefined ? null : addressOf({})}
              previousLabel="First page"
              nextHref={page.next_cursor === null ? null : addressOf({ cursor: page.next_cursor })}
              nextLabel="Next"
              summary={`${page.data.length} shown`}
            />
          )
        }
      >
        <CertificateTable
          certificates={packRows(page.data)}
          state={state}
          certificatesHref={href}
          applicationsHref={`${portalHref}/applications`}
          empty={<CertificateListEmpty state={state} search={search} />}
        />
      </Card>
    </>
  );
}

function Controls({ href }: { href: string }): ReactElement {
  return (
    <span className="flex flex-wrap gap-2">
      <ButtonLink href={`${href}/upload`} icon={<Upload className="size-4" aria-hidden="true" />}>
        Upload Certificate
      </ButtonLink>
      <ButtonLink href={`${href}/new`} tone="primary" icon={<Plus className="size-4" aria-hidden="true" />}>
        Generate Certificate
      </ButtonLink>
    </span>
  );
}
