// One application: how programs use it, what signs for it, and its end.
import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import type { ReactElement } from "react";
import { ApplicationDeleteButton } from "#components/applications/application-delete-button.tsx";
import { OidcApplication } from "#components/applications/oidc-application.tsx";
import { SamlApplication } from "#components/applications/saml-application.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { getApplication } from "#lib/applications/service.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { getIssuerUrls } from "#lib/oidc/service.ts";
import { deleteApplicationAction } from "../actions.ts";

export const metadata: Metadata = { title: "Application" };

type ApplicationPageProps = { params: Promise<{ orgId: string; applicationId: string }> };

export default async function ApplicationPage({ params }: ApplicationPageProps): Promise<ReactElement> {
  const { applicationId } = await params;
  const { application, urls, actor, now } = await portalPage(params, async ({ actor: reader, now: at }) => ({
    application: await getApplication(reader, applicationId, at),
    urls: getIssuerUrls(reader),
    actor: reader,
    now: at.toISOString(),
  }));
  const portalHref = `/orgs/${actor.organizationId}/portal`;
  const applicationsHref = `${portalHref}/applications`;
  const signingKeyHref = `${portalHref}/signing-keys`;
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
        <OidcApplication
          application={application}
          urls={urls}
          signingKeyHref={signingKeyHref}
          sessionsHref={`${portalHref}/sessions`}
        />
      ) : (
        <SamlApplication application={application} signingKeyHref={signingKeyHref} />
      )}
    </>
  );
}
