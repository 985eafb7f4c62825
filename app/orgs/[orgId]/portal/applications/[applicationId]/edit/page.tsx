// Changes an application.
import type { ReactElement } from "react";
import { EditApplication } from "#components/applications/edit-application.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { getApplication } from "#lib/applications/service.ts";
import { requirePermission } from "#lib/auth/actor.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { updateApplicationAction } from "../../actions.ts";
import { readCertificateChoices } from "../../certificate-choices.ts";

type EditApplicationPageProps = { params: Promise<{ orgId: string; applicationId: string }> };

export default async function EditApplicationPage({ params }: EditApplicationPageProps): Promise<ReactElement> {
  const { applicationId } = await params;
  const { application, certificates, organizationId } = await portalPage(params, async ({ actor, now }) => {
    requirePermission(actor, "applications.manage");
    const found = await getApplication(actor, applicationId, now);
    return {
      application: found,
      certificates: await readCertificateChoices(actor, found.signing_cert_id, now),
      organizationId: actor.organizationId,
    };
  });
  const href = `/orgs/${organizationId}/portal/applications/${application.id}`;
  return (
    <>
      <PageHeader title="Edit application" eyebrow={<TextLink href={href}>{application.name}</TextLink>} />
      <EditApplication
        application={application}
        applicationHref={href}
        certificates={certificates}
        updateAction={updateApplicationAction.bind(null, organizationId)}
      />
    </>
  );
}
