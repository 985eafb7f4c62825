// What an OIDC application is set to: how it gets tokens, where people come back to, and how long its tokens live.
import type { ReactElement, ReactNode } from "react";
import { CopyValue } from "#components/applications/copy-value.tsx";
import { Card } from "#components/ui/card.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatNumber } from "#components/ui/format-count.ts";
import { formatDuration } from "#components/ui/format-time.ts";
import { TagList } from "#components/ui/tag-list.tsx";
import type { OidcApplicationView } from "#lib/applications/view.ts";

/** The card; what only a sign-in needs stands there only for one. */
export function ClientSettingsCard({ application }: { application: OidcApplicationView }): ReactElement {
  const isSignIn = application.grant_types.includes("authorization_code");
  return (
    <Card title="Client settings">
      <div className="flex flex-col gap-4">
        <DefinitionList
          columns={1}
          items={[
            {
              term: "Client ID",
              detail: <CopyValue value={application.client_id} label="Copy the client ID" />,
            },
            ...(isSignIn ? addressesOf(application) : []),
          ]}
        />
        <DefinitionList
          columns={2}
          items={[
            {
              term: "Client type",
              detail: application.confidential ? "Confidential" : "Public",
              note: application.confidential ? "authenticates with a secret" : "has no secret; PKCE protects it",
            },
            { term: "Grants", detail: <TagList label="Grants" tags={application.grant_types} /> },
            { term: "Scopes", detail: <TagList label="Scopes" tags={application.scopes} /> },
            ...(isSignIn
              ? [{ term: "Consent", detail: application.consent_required ? "People are asked" : "Not asked" }]
              : []),
            expiry("Token expiry", application.token_expiry_secs),
            ...(isSignIn ? [expiry("ID token expiry", application.id_token_expiry_secs)] : []),
            ...(application.grant_types.includes("refresh_token")
              ? [expiry("Refresh token expiry", application.refresh_token_expiry_secs)]
              : []),
          ]}
        />
      </div>
    </Card>
  );
}

function addressesOf(application: OidcApplicationView): { term: string; detail: ReactNode }[] {
  const { redirect_uris: redirects, post_logout_redirect_uris: afterLogout } = application;
  return [
    { term: "Redirect URIs", detail: <AddressList addresses={redirects} what="redirect URI" /> },
    ...(afterLogout.length === 0
      ? []
      : [
          {
            term: "Post-logout redirect URIs",
            detail: <AddressList addresses={afterLogout} what="post-logout redirect URI" />,
          },
        ]),
  ];
}

function AddressList({ addresses, what }: { addresses: readonly string[]; what: string }): ReactElement {
  return (
    <ul>
      {addresses.map((address) => (
        <li key={address}>
          <CopyValue value={address} label={`Copy the ${what} ${address}`} />
        </li>
      ))}
    </ul>
  );
}

function expiry(term: string, seconds: number): { term: string; detail: string; note: string } {
  return { term, detail: formatDuration(seconds), note: `${formatNumber(seconds)} s` };
}
