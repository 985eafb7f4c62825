// Registers an application.
import type { ReactElement } from "react";
import { NewApplication } from "#components/applications/new-application.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requirePermission } from "#lib/auth/actor.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { pageHeads } from "../../page-heads.ts";
import { createApplicationAction } from "../actions.ts";
import { readCertificateChoices } from "../certificate-choices.ts";

type NewApplicationPageProps = { params: Promise<{ orgId: string }> };

export default async function NewApplicationPage({ params }: NewApplicationPageProps): Promise<ReactElement> {
  const { organizationId, certificates } = await portalPage(params, async ({ actor, now }) => {
    requirePermission(actor, "applications.manage");
    return {
      organizationId: actor.organizationId,
      certificates: await readCertificateChoices(actor, null, now),
    };
  });
  const href = `/orgs/${organizationId}/portal/applications`;
  return (
    <>
      <PageHeader
        {...pageHeads.newApplication}
        eyebrow={<TextLink href={href}>{pageHeads.newApplication.eyebrow}</TextLink>}
      />
      <NewApplication
        applicationsHref={href}
        certificates={certificates}
        createAction={createApplicationAction.bind(null, organizationId)}
      />
    </>
  );
}
