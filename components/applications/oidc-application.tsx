// An OIDC application: its settings and secrets, what signs its tokens, who uses it, and programs to start with.
import type { ReactElement } from "react";
import {
  type ApplicationSessions,
  ApplicationSessionsCard,
} from "#components/applications/application-sessions-card.tsx";
import { type ClientSecretActions, ClientSecretsCard } from "#components/applications/client-secrets-card.tsx";
import { ClientSettingsCard } from "#components/applications/client-settings-card.tsx";
import { IssuerCard, type IssuerUrls } from "#components/applications/issuer-card.tsx";
import { QuickStartCards } from "#components/applications/quick-start-card.tsx";
import { type Assignment, SigningCertificateCard } from "#components/applications/signing-certificate-card.tsx";
import type { SigningSourceHrefs } from "#components/applications/signing-source.tsx";
import type { RevokeSessionsActions } from "#components/sessions/session-action.ts";
import type { OidcApplicationView } from "#lib/applications/view.ts";

type OidcApplicationProps = {
  application: OidcApplicationView;
  urls: IssuerUrls;
  hrefs: SigningSourceHrefs & { sessions: string };
  assignment: Assignment;
  /** Null for who may only look. */
  secretActions: ClientSecretActions | null;
  /** Null where the person may not see sessions. */
  sessions: ApplicationSessions | null;
  /** Null for who may only look. */
  revokeActions: RevokeSessionsActions | null;
  /** The server's clock, ISO 8601. */
  now: string;
};

/** Two columns of cards where there is room, and the programs below. */
export function OidcApplication(props: OidcApplicationProps): ReactElement {
  const { application, urls, hrefs, assignment, secretActions, sessions, revokeActions, now } = props;
  const isSignIn = application.grant_types.includes("authorization_code");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <ClientSettingsCard application={application} />
        {application.confidential ? (
          <ClientSecretsCard application={application} now={now} actions={secretActions} />
        ) : null}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <SigningCertificateCard application={application} hrefs={hrefs} assignment={assignment} />
        {sessions === null ? null : (
          <ApplicationSessionsCard
            application={application}
            sessions={sessions}
            sessionsHref={`${hrefs.sessions}?application_id=${application.id}`}
            now={now}
            revokeActions={revokeActions}
          />
        )}
        <IssuerCard urls={urls} isSignIn={isSignIn} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:col-span-2">
        <QuickStartCards
          facts={{
            issuer: urls.issuer,
            authorizationEndpoint: urls.authorization_endpoint,
            tokenEndpoint: urls.token_endpoint,
            clientId: application.client_id,
            isConfidential: application.confidential,
            grantTypes: application.grant_types,
            redirectUri: application.redirect_uris[0] ?? "",
          }}
        />
      </div>
    </div>
  );
}
