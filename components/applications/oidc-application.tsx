// An OIDC application: its credentials and addresses, what its tokens are like, and a command to start with.
import type { ReactElement } from "react";
import { CodeBlock } from "#components/applications/code-block.tsx";
import { CopyValue } from "#components/applications/copy-value.tsx";
import { type Assignment, SigningCertificateCard } from "#components/applications/signing-certificate-card.tsx";
import type { SigningSourceHrefs } from "#components/applications/signing-source.tsx";
import { secretPlaceholder, tokenCommand } from "#components/applications/token-command.ts";
import { Card } from "#components/ui/card.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatNumber } from "#components/ui/format-count.ts";
import { formatDuration, formatInstant } from "#components/ui/format-time.ts";
import { TagList } from "#components/ui/tag-list.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { OidcApplicationView } from "#lib/applications/view.ts";

/** The addresses of the organization's issuer. */
export type IssuerUrls = { issuer: string; token_endpoint: string; jwks_uri: string; discovery_url: string };

type OidcApplicationProps = {
  application: OidcApplicationView;
  urls: IssuerUrls;
  hrefs: SigningSourceHrefs & { sessions: string };
  assignment: Assignment;
};

/** Four cards. */
export function OidcApplication(props: OidcApplicationProps): ReactElement {
  const { application, urls, hrefs, assignment } = props;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <Card title="Credentials and addresses">
        <DefinitionList
          columns={1}
          items={[
            {
              term: "Client ID",
              detail: <CopyValue value={application.client_id} label="Copy the client ID" />,
            },
            { term: "Client secret", detail: <Secrets application={application} /> },
            { term: "Issuer", detail: <CopyValue value={urls.issuer} label="Copy the issuer" /> },
            {
              term: "Token endpoint",
              detail: <CopyValue value={urls.token_endpoint} label="Copy the token endpoint" />,
            },
            { term: "Discovery", detail: <CopyValue value={urls.discovery_url} label="Copy the discovery URL" /> },
            { term: "JWKS", detail: <CopyValue value={urls.jwks_uri} label="Copy the JWKS URL" /> },
          ]}
        />
      </Card>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <SigningCertificateCard application={application} hrefs={hrefs} assignment={assignment} />
        <TokensCard application={application} sessionsHref={hrefs.sessions} />
        <Card title="Get a token" description={`Put the client secret into ${secretPlaceholder} first.`}>
          <CodeBlock
            label="Command that gets a token"
            code={tokenCommand({
              tokenEndpoint: urls.token_endpoint,
              clientId: application.client_id,
              secret: secretPlaceholder,
            })}
          />
        </Card>
      </div>
    </div>
  );
}

function Secrets({ application }: { application: OidcApplicationView }): ReactElement {
  return (
    <ul className="space-y-0.5 py-1.5">
      {application.client_secrets.map((secret) => (
        <li key={secret.id}>
          <code className="kid text-xs">{`…${secret.hint}`}</code>
          <span className="text-xs text-muted">{` made ${formatInstant(secret.created_at)}, shown only then`}</span>
        </li>
      ))}
    </ul>
  );
}

type TokensCardProps = { application: OidcApplicationView; sessionsHref: string };

function TokensCard({ application, sessionsHref }: TokensCardProps): ReactElement {
  const seconds = application.token_expiry_secs;
  return (
    <Card title="Tokens">
      <DefinitionList
        columns={2}
        items={[
          {
            term: "Active sessions",
            detail: <TextLink href={sessionsHref}>{formatNumber(application.active_sessions)}</TextLink>,
          },
          { term: "Token expiry", detail: formatDuration(seconds), note: `${formatNumber(seconds)} s` },
          { term: "Grant types", detail: <TagList label="Grant types" tags={application.grant_types} /> },
          { term: "Scopes", detail: <TagList label="Scopes" tags={application.scopes} /> },
        ]}
      />
    </Card>
  );
}
