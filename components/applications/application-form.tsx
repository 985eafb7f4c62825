// The form of an application, new or changed: every field, what is wrong with it, and nothing lost when something is.
"use client";

import { type FormEvent, type ReactElement, useRef, useState } from "react";
import type { ApplicationFailure } from "#components/applications/application-action.ts";
import { type ApplicationValues, toApplicationInput } from "#components/applications/application-values.ts";
import { OidcFields } from "#components/applications/oidc-fields.tsx";
import { ProtocolChoice } from "#components/applications/protocol-choice.tsx";
import { SamlFields } from "#components/applications/saml-fields.tsx";
import {
  type SigningCertificateChoices,
  SigningCertificateSelect,
} from "#components/applications/signing-certificate-select.tsx";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { TextInput } from "#components/ui/text-input.tsx";
import { useFocusInvalid } from "#components/ui/use-focus-invalid.ts";

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
  failure: ApplicationFailure | null;
  isPending: boolean;
  onSubmit: (input: Record<string, unknown>) => void;
};

const signingHints = {
  oidc: "What signs its tokens.",
  saml: "What signs its assertions. With a certificate of its own, a rotation of the signing key does not touch it.",
} as const;

/** The form; it sends the typed values as the management API takes them. */
export function ApplicationForm(props: ApplicationFormProps): ReactElement {
  const { isNew, certificates, failure, isPending, onSubmit } = props;
  const [values, setValues] = useState(props.initial);
  const form = useRef<HTMLFormElement>(null);
  const fieldErrors = failure?.errors ?? [];

  useFocusInvalid(form, failure);

  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isPending) onSubmit(toApplicationInput(values, { hasCertificateChoice: certificates !== null }));
  }
  const fields: ApplicationFieldsProps = {
    values,
    onChange: (change) => setValues((before) => ({ ...before, ...change })),
    errorOf: (field) => describeFieldError(fieldErrors, field),
  };
  return (
    <form ref={form} onSubmit={handleSubmit} noValidate className="max-w-2xl">
      <Card
        footer={
          <div className="flex flex-wrap items-center justify-end gap-2">
            <ButtonLink href={props.cancelHref} tone="ghost">
              Cancel
            </ButtonLink>
            <Button type="submit" tone="primary" isPending={isPending}>
              {props.submitLabel}
            </Button>
          </div>
        }
      >
        <div className="flex flex-col gap-5">
          {failure === null ? null : (
            <Notice tone="danger" isLive title={fieldErrors.length > 0 ? "Look at the marked fields" : "Not saved"}>
              {fieldErrors.length > 0 ? null : <p>{failure.message}</p>}
            </Notice>
          )}
          {isNew ? (
            <ProtocolChoice value={values.protocol} onChange={(protocol) => fields.onChange({ protocol })} />
          ) : null}
          <Field label="Name" error={fields.errorOf("name")} hint="What people call it, here and in the audit log.">
            <TextInput
              name="name"
              value={values.name}
              onChange={(event) => fields.onChange({ name: event.target.value })}
              autoComplete="off"
            />
          </Field>
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
        </div>
      </Card>
    </form>
  );
}

/** The first thing wrong with a field; of a list it says which entry is meant. */
function describeFieldError(errors: NonNullable<ApplicationFailure["errors"]>, field: string): string | null {
  const error = errors.find((one) => one.field.split(".")[0] === field);
  if (error === undefined) return null;
  const index = error.field.split(".")[1];
  return index === undefined ? error.message : `No. ${Number(index) + 1}: ${error.message}`;
}
