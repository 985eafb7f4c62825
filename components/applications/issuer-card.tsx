// The addresses that a program is configured with; most need only the first.
import type { ReactElement } from "react";
import { CopyValue } from "#components/applications/copy-value.tsx";
import { Card } from "#components/ui/card.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";

/** The addresses of the organization's issuer. */
export type IssuerUrls = {
  issuer: string;
  discovery_url: string;
  jwks_uri: string;
  authorization_endpoint: string;
  token_endpoint: string;
};

type IssuerCardProps = {
  urls: IssuerUrls;
  /** True for an application that people sign in to. */
  isSignIn: boolean;
};

/** The card. */
export function IssuerCard({ urls, isSignIn }: IssuerCardProps): ReactElement {
  const addresses = [
    { term: "Discovery URL", value: urls.discovery_url },
    { term: "Issuer", value: urls.issuer },
    ...(isSignIn ? [{ term: "Authorization endpoint", value: urls.authorization_endpoint }] : []),
    { term: "Token endpoint", value: urls.token_endpoint },
    { term: "JWKS", value: urls.jwks_uri },
  ];
  return (
    <Card title="Issuer" description="A library finds everything by the discovery URL or the issuer.">
      <DefinitionList
        columns={1}
        items={addresses.map(({ term, value }) => ({
          term,
          detail: <CopyValue value={value} label={`Copy the ${term === "JWKS" ? "JWKS URL" : term.toLowerCase()}`} />,
        }))}
      />
    </Card>
  );
}
