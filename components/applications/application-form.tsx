// The form of an application, new or changed: every field, what is wrong with it, and nothing lost when something is.
"use client";

import { type ReactElement, useState } from "react";
import { type ApplicationValues, toApplicationInput } from "#components/applications/application-values.ts";
import { OidcFields } from "#components/applications/oidc-fields.tsx";
import { ProtocolChoice } from "#components/applications/protocol-choice.tsx";
import { SamlFields } from "#components/applications/saml-fields.tsx";
import {
  type SigningCertificateChoices,
  SigningCertificateSelect,
} from "#components/applications/signing-certificate-select.tsx";
import { FormCard } from "#components/ui/form-card.tsx";
import { NameField } from "#components/ui/name-field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { RunningAction } from "#components/ui/use-action.ts";

/** What a group of fields needs. */
export type ApplicationFieldsProps = {
  values: ApplicationValues;
  onChange: (change: Partial<ApplicationValues>) => void;
  /** What is wrong with a field of the input, by its name there. */
  errorOf: (field: string) => string | null;
};

type ApplicationFormProps = {
  initial: ApplicationValues;
  /** The protocol can be chosen as long as the application does not exist. */
  isNew: boolean;
  /** Null where the person may not view certificates. */
  certificates: SigningCertificateChoices | null;
  submitLabel: string;
  cancelHref: string;
  onSubmit: (input: Record<string, unknown>) => void;
} & Pick<RunningAction<unknown>, "failure" | "isPending" | "errorOf">;

const signingHints = {
  oidc: "What signs its tokens.",
  saml: "What signs its assertions. With a certificate of its own, a rotation of the signing key does not touch it.",
} as const;

/** The form; it sends the typed values as the management API takes them. */
export function ApplicationForm(props: ApplicationFormProps): ReactElement {
  const { isNew, certificates, failure, isPending, errorOf, onSubmit } = props;
  const [values, setValues] = useState(props.initial);
  const hasFieldErrors = (failure?.errors ?? []).length > 0;
  const fields: ApplicationFieldsProps = {
    values,
    onChange: (change) => setValues((before) => ({ ...before, ...change })),
    errorOf,
  };
  return (
    <FormCard
      submitLabel={props.submitLabel}
      cancelHref={props.cancelHref}
      isPending={isPending}
      failure={failure}
      onSubmit={() => onSubmit(toApplicationInput(values, { hasCertificateChoice: certificates !== null }))}
    >
      {failure === null ? null : (
        <Notice tone="danger" isLive title={hasFieldErrors ? "Look at the marked fields" : "Not saved"}>
          {hasFieldErrors ? null : <p>{failure.message}</p>}
        </Notice>
      )}
      {isNew ? <ProtocolChoice value={values.protocol} onChange={(protocol) => fields.onChange({ protocol })} /> : null}
      <NameField value={values.name} error={fields.errorOf("name")} onChange={(name) => fields.onChange({ name })} />
      {values.protocol === "oidc" ? (
        <OidcFields {...fields} hasSecrets={!isNew && props.initial.kind === "confidential"} />
      ) : (
        <SamlFields {...fields} />
      )}
      {certificates === null ? null : (
        <SigningCertificateSelect
          choices={certificates}
          value={values.signingCertId}
          onChange={(signingCertId) => fields.onChange({ signingCertId })}
          error={fields.errorOf("signing_cert_id")}
          hint={signingHints[values.protocol]}
        />
      )}
    </FormCard>
  );
}
