// The credentials of a confidential client that was just made; its secret stands nowhere else and never again.
"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { CopyValue } from "#components/applications/copy-value.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { OidcApplicationView } from "#lib/applications/view.ts";

type ClientSecretCardProps = {
  application: OidcApplicationView;
  secret: string;
  applicationHref: string;
};

/** Client ID and secret; the focus moves here, since the form is gone. */
export function ClientSecretCard({ application, secret, applicationHref }: ClientSecretCardProps): ReactElement {
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => region.current?.focus(), []);
  const { name, client_id: clientId } = application;
  return (
    <div ref={region} tabIndex={-1} className="max-w-2xl outline-none" role="status">
      <Card
        title={`${name} is registered`}
        footer={
          <div className="flex justify-end">
            <ButtonLink href={applicationHref} tone="primary">
              I have kept the secret
            </ButtonLink>
          </div>
        }
      >
        <div className="flex flex-col gap-4">
          <Notice tone="warning" title="Keep the client secret now">
            Only its hash is stored: it cannot be shown again.
          </Notice>
          <DefinitionList
            columns={1}
            items={[
              { term: "Client ID", detail: <CopyValue value={clientId} label="Copy the client ID" /> },
              { term: "Client secret", detail: <CopyValue value={secret} label="Copy the client secret" /> },
            ]}
          />
          <p className="text-sm text-muted">
            The page of the application shows programs that use it: Node.js, Python and curl.
          </p>
        </div>
      </Card>
    </div>
  );
}
