// Registers an application, and then shows what only this moment can show: the client secret.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import type { CreateApplicationAction } from "#components/applications/application-action.ts";
import { ApplicationForm } from "#components/applications/application-form.tsx";
import { newApplicationValues } from "#components/applications/application-values.ts";
import { ClientSecretCard } from "#components/applications/client-secret-card.tsx";
import type { SigningCertificateChoices } from "#components/applications/signing-certificate-select.tsx";
import { useApplicationAction } from "#components/applications/use-application-action.ts";
import type { CreatedApplicationView } from "#lib/applications/view.ts";

type NewApplicationProps = {
  applicationsHref: string;
  tokenEndpoint: string;
  /** Null where the person may not view certificates. */
  certificates: SigningCertificateChoices | null;
  createAction: CreateApplicationAction;
};

/** The form, and after it the credentials of a new OIDC client; a SAML application leads to its page at once. */
export function NewApplication(props: NewApplicationProps): ReactElement {
  const { applicationsHref, tokenEndpoint, certificates, createAction } = props;
  const router = useRouter();
  const [created, setCreated] = useState<CreatedApplicationView | null>(null);
  const { run, isPending, failure } = useApplicationAction(createAction, (view) => {
    if (view.protocol === "saml") router.push(`${applicationsHref}/${view.id}`);
    else setCreated(view);
  });
  if (created?.protocol === "oidc") {
    return (
      <ClientSecretCard
        application={created}
        tokenEndpoint={tokenEndpoint}
        applicationHref={`${applicationsHref}/${created.id}`}
      />
    );
  }
  return (
    <ApplicationForm
      initial={newApplicationValues}
      isNew
      submitLabel="Create application"
      certificates={certificates}
      cancelHref={applicationsHref}
      failure={failure}
      isPending={isPending}
      onSubmit={run}
    />
  );
}
