// Registers an application, and then shows what only this moment can show: the client secret.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import type { CreateApplicationAction } from "#components/applications/application-action.ts";
import { ApplicationForm } from "#components/applications/application-form.tsx";
import { newApplicationValues } from "#components/applications/application-values.ts";
import { ClientSecretCard } from "#components/applications/client-secret-card.tsx";
import type { SigningCertificateChoices } from "#components/applications/signing-certificate-select.tsx";
import { useAction } from "#components/ui/use-action.ts";
import type { OidcApplicationView } from "#lib/applications/view.ts";

type NewApplicationProps = {
  applicationsHref: string;
  /** Null where the person may not view certificates. */
  certificates: SigningCertificateChoices | null;
  createAction: CreateApplicationAction;
};

/** The form, and after it the credentials of a confidential client; everything else leads to its page at once. */
export function NewApplication(props: NewApplicationProps): ReactElement {
  const { applicationsHref, certificates, createAction } = props;
  const router = useRouter();
  const [created, setCreated] = useState<{ application: OidcApplicationView; secret: string } | null>(null);
  const { run, ...running } = useAction(createAction, (view) => {
    if (view.protocol === "saml" || view.client_secret === null) router.push(`${applicationsHref}/${view.id}`);
    else setCreated({ application: view, secret: view.client_secret });
  });
  if (created !== null) {
    return <ClientSecretCard {...created} applicationHref={`${applicationsHref}/${created.application.id}`} />;
  }
  return (
    <ApplicationForm
      initial={newApplicationValues}
      isNew
      submitLabel="Create application"
      certificates={certificates}
      cancelHref={applicationsHref}
      {...running}
      onSubmit={run}
    />
  );
}
