// One application: how programs use it, what signs for it, who uses it, and its end.
import { Pencil } from "lucide-react";
import type { ReactElement } from "react";
import { ApplicationDeleteButton } from "#components/applications/application-delete-button.tsx";
import type { ApplicationSessions } from "#components/applications/application-sessions-card.tsx";
import type { ClientSecretActions } from "#components/applications/client-secrets-card.tsx";
import { OidcApplication } from "#components/applications/oidc-application.tsx";
import { SamlApplication } from "#components/applications/saml-application.tsx";
import type { Assignment } from "#components/applications/signing-certificate-card.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { getApplication } from "#lib/applications/service.ts";
import type { ApplicationView } from "#lib/applications/view.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { getIssuerUrls } from "#lib/oidc/service.ts";
import { listSessions } from "#lib/sessions/service.ts";
import { revokeActionsOf } from "../../sessions/revoke-actions.ts";
import {
  assignCertificateAction,
  createClientSecretAction,
  deleteApplicationAction,
  deleteClientSecretAction,
} from "../actions.ts";
import { readCertificateChoices } from "../certificate-choices.ts";

type ApplicationPageProps = { params: Promise<{ orgId: string; applicationId: string }> };

const SHOWN_SESSIONS = 5;

export default async function ApplicationPage({ params }: ApplicationPageProps): Promise<ReactElement> {
  const { applicationId } = await params;
  const { application, choices, urls, sessions, actor, now } = await portalPage(
    params,
    async ({ actor: reader, now: at }) => {
      const found = await getApplication(reader, applicationId, at);
      return {
        application: found,
        choices: await readCertificateChoices(reader, found.signing_cert_id, at),
        urls: getIssuerUrls(reader),
        sessions: await readSessions(reader, found, at),
        actor: reader,
        now: at.toISOString(),
      };
    },
  );
  const { organizationId, permissions } = actor;
  const canManage = permissions.has("applications.manage");
  const portalHref = `/orgs/${organizationId}/portal`;
  const applicationsHref = `${portalHref}/applications`;
  const hrefs = {
    signingKey: `${portalHref}/signing-keys`,
    certificates: `${portalHref}/certificates`,
    sessions: `${portalHref}/sessions`,
  };
  const assignment: Assignment =
    choices === null ? null : { choices, assignAction: assignCertificateAction.bind(null, organizationId) };
  const canRevoke = canManage || permissions.has("certificates.manage");
  return (
    <>
      <PageHeader
        title={application.name}
        eyebrow={<TextLink href={applicationsHref}>Applications</TextLink>}
        description={<Description application={application} now={now} />}
        actions={
          canManage ? (
            <Controls application={application} applicationsHref={applicationsHref} actor={actor} />
          ) : undefined
        }
      />
      {application.protocol === "oidc" ? (
        <OidcApplication
          application={application}
          urls={urls}
          hrefs={hrefs}
          assignment={assignment}
          secretActions={canManage ? secretActionsOf(organizationId) : null}
          sessions={sessions}
          revokeActions={canRevoke ? revokeActionsOf(organizationId) : null}
          now={now}
        />
      ) : (
        <SamlApplication application={application} hrefs={hrefs} assignment={assignment} />
      )}
    </>
  );
}

function Description({ application, now }: { application: ApplicationView; now: string }): ReactElement {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={application.protocol === "oidc" ? "accent" : "neutral"}>{application.protocol.toUpperCase()}</Badge>
      <span>
        Registered <RelativeTime at={application.created_at} now={now} />
      </span>
    </span>
  );
}

type ControlsProps = { application: ApplicationView; applicationsHref: string; actor: Actor };

function Controls({ application, applicationsHref, actor }: ControlsProps): ReactElement {
  return (
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
}

function secretActionsOf(organizationId: string): ClientSecretActions {
  return {
    createAction: createClientSecretAction.bind(null, organizationId),
    deleteAction: deleteClientSecretAction.bind(null, organizationId),
  };
}

async function readSessions(
  actor: Actor,
  application: ApplicationView,
  now: Date,
): Promise<ApplicationSessions | null> {
  if (application.protocol !== "oidc" || !actor.permissions.has("certificates.view")) return null;
  return listSessions(actor, { application_id: application.id, limit: SHOWN_SESSIONS }, now);
}
