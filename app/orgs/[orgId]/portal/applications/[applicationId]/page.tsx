// One application: how programs use it, what signs for it, and its end.
import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import type { ReactElement } from "react";
import { ApplicationDeleteButton } from "#components/applications/application-delete-button.tsx";
import { OidcApplication } from "#components/applications/oidc-application.tsx";
import { SamlApplication } from "#components/applications/saml-application.tsx";
import type { Assignment } from "#components/applications/signing-certificate-card.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { getApplication } from "#lib/applications/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { getIssuerUrls } from "#lib/oidc/service.ts";
import { assignCertificateAction, deleteApplicationAction } from "../actions.ts";
import { readCertificateChoices } from "../certificate-choices.ts";

export const metadata: Metadata = { title: "Application" };

type ApplicationPageProps = { params: Promise<{ orgId: string; applicationId: string }> };

export default async function ApplicationPage({ params }: ApplicationPageProps): Promise<ReactElement> {
  const { applicationId } = await params;
  const { application, choices, urls, actor, now } = await portalPage(params, async ({ actor: reader, now: at }) => {
    const found = await getApplication(reader, applicationId, at);
    return {
      application: found,
      choices: await readCertificateChoices(reader, found.signing_cert_id, at),
      urls: getIssuerUrls(reader),
      actor: reader,
      now: at.toISOString(),
    };
  });
  const portalHref = `/orgs/${actor.organizationId}/portal`;
  const applicationsHref = `${portalHref}/applications`;
  const hrefs = {
    signingKey: `${portalHref}/signing-keys`,
    certificates: `${portalHref}/certificates`,
    sessions: `${portalHref}/sessions`,
  };
  const assignment: Assignment =
    choices === null ? null : { choices, assignAction: assignCertificateAction.bind(null, actor.organizationId) };
  const controls = (
    <>
      <ButtonLink
        href={`${applicationsHref}/${application.id}/edit`}
        icon={<Pencil className="size-4" aria-hidden="true" />}
      >
        Edit
      </ButtonLink>
      <ApplicationDeleteButton
        application={application}
        applicationsHref={applicationsHref}
        deleteAction={deleteApplicationAction.bind(null, actor.organizationId)}
      />
    </>
  );
  return (
    <>
      <PageHeader
        title={application.name}
        eyebrow={<TextLink href={applicationsHref}>Applications</TextLink>}
        description={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge tone={application.protocol === "oidc" ? "accent" : "neutral"}>
              {application.protocol.toUpperCase()}
            </Badge>
            <span>
              Registered <RelativeTime at={application.created_at} now={now} />
            </span>
          </span>
        }
        actions={actor.permissions.has("applications.manage") ? controls : undefined}
      />
      {application.protocol === "oidc" ? (
        <OidcApplication application={application} urls={urls} hrefs={hrefs} assignment={assignment} />
      ) : (
        <SamlApplication application={application} hrefs={hrefs} assignment={assignment} />
      )}
    </>
  );
}
