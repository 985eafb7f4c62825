// A SAML application: who the service provider is, where assertions go, and what signs them.
import type { ReactElement } from "react";
import { CopyValue } from "#components/applications/copy-value.tsx";
import { nameIdFormatLabel } from "#components/applications/name-id-format.ts";
import { type Assignment, SigningCertificateCard } from "#components/applications/signing-certificate-card.tsx";
import type { SigningSourceHrefs } from "#components/applications/signing-source.tsx";
import { Card } from "#components/ui/card.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import type { SamlApplicationView } from "#lib/applications/view.ts";

type SamlApplicationProps = { application: SamlApplicationView; hrefs: SigningSourceHrefs; assignment: Assignment };

/** Two cards. */
export function SamlApplication({ application, hrefs, assignment }: SamlApplicationProps): ReactElement {
  const format = application.name_id_format;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <Card title="Service provider">
        <DefinitionList
          columns={1}
          items={[
            { term: "Entity ID", detail: <CopyValue value={application.entity_id} label="Copy the entity ID" /> },
            { term: "ACS URLs", detail: <AcsUrls urls={application.acs_urls} /> },
            {
              term: "Name ID format",
              detail: format === null ? "As the service provider asks" : nameIdFormatLabel(format),
              note: format ?? undefined,
            },
          ]}
        />
      </Card>
      <SigningCertificateCard application={application} hrefs={hrefs} assignment={assignment} />
    </div>
  );
}

function AcsUrls({ urls }: { urls: readonly string[] }): ReactElement {
  return (
    <ul>
      {urls.map((url) => (
        <li key={url}>
          <CopyValue value={url} label={`Copy ${url}`} />
        </li>
      ))}
    </ul>
  );
}
