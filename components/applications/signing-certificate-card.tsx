// What signs for an application, and the dropdown that changes it, for everybody who may view certificates.
"use client";

import { type ReactElement, useState } from "react";
import {
  type SigningCertificateChoices,
  SigningCertificateSelect,
} from "#components/applications/signing-certificate-select.tsx";
import { SigningFallbackNotice } from "#components/applications/signing-fallback-notice.tsx";
import { SigningSource, type SigningSourceHrefs } from "#components/applications/signing-source.tsx";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import type { ApplicationView } from "#lib/applications/view.ts";

/** Gives an application a certificate, or with null the organization's signing key. */
export type AssignCertificateAction = Action<{ id: string; signing_cert_id: string | null }, ApplicationView>;

/** What assigning needs; null where the person may not view certificates. */
export type Assignment = { choices: SigningCertificateChoices; assignAction: AssignCertificateAction } | null;

type SigningCertificateCardProps = {
  application: ApplicationView;
  hrefs: SigningSourceHrefs;
  assignment: Assignment;
};

/** The card; links from elsewhere lead to it by `#signing-certificate`. */
export function SigningCertificateCard({ application, hrefs, assignment }: SigningCertificateCardProps): ReactElement {
  return (
    <div id="signing-certificate" className="scroll-mt-20">
      <Card title="Signing">
        <div className="flex flex-col gap-4">
          <SigningSource application={application} hrefs={hrefs} />
          <SigningFallbackNotice application={application} />
          {application.protocol === "saml" ? <SamlNotice application={application} /> : null}
          {assignment === null ? null : (
            // The choice starts over from what is stored whenever that changes.
            <AssignForm
              key={application.signing_cert_id}
              application={application}
              assignment={assignment}
              certificatesHref={hrefs.certificates}
            />
          )}
        </div>
      </Card>
    </div>
  );
}

type AssignFormProps = {
  application: ApplicationView;
  assignment: NonNullable<Assignment>;
  certificatesHref: string;
};

function AssignForm({ application, assignment, certificatesHref }: AssignFormProps): ReactElement {
  const { choices, assignAction } = assignment;
  const [chosen, setChosen] = useState(application.signing_cert_id);
  const { run, isPending, failure, errorOf } = useAction(assignAction, (after) => {
    showToast({
      tone: "positive",
      title: "Signing certificate changed",
      description: `${after.signing_certificate?.name ?? "The organization's signing key"} signs for ${after.name} from now on.`,
    });
  });
  const hasCertificates = choices.first.data.some((entry) => entry.id !== null);
  if (!hasCertificates) {
    return (
      <p className="border-t border-line pt-4 text-sm text-muted">
        There is no certificate yet that could be assigned. <TextLink href={certificatesHref}>Certificates</TextLink>
      </p>
    );
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-3 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) run({ id: application.id, signing_cert_id: chosen });
      }}
    >
      <ActionFailureNotice failure={failure} fields={["signing_cert_id"]} />
      <SigningCertificateSelect
        choices={choices}
        value={chosen}
        onChange={setChosen}
        error={errorOf("signing_cert_id")}
        hint={
          application.protocol === "oidc"
            ? "The next token is signed with it. Tokens signed before stay valid until they expire."
            : "The next assertion is signed with it. Give the service provider the certificate first."
        }
      />
      <Button
        type="submit"
        className="self-end"
        isPending={isPending}
        disabled={chosen === application.signing_cert_id}
      >
        Assign
      </Button>
    </form>
  );
}

function SamlNotice({ application }: { application: ApplicationView }): ReactElement | null {
  if (application.signs_with.kind === "certificate") return null;
  return (
    <Notice tone="warning">
      <p>
        Its assertions are signed with the default certificate, which changes at once when the signing key is rotated.
        If the service provider pins it, assign a certificate, or rotate together with whoever runs it.
      </p>
    </Notice>
  );
}
