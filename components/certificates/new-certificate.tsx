// Generates a certificate: the form, and the progress while the key is made.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import type { GenerateCertificateAction } from "#components/certificates/certificate-action.ts";
import { GenerationProgress } from "#components/certificates/generation-progress.tsx";
import { generatedKeyKinds } from "#components/certificates/key-algorithm.ts";
import {
  type NewCertificateValues,
  newCertificateValues,
  toGenerateRequest,
  validUntil,
} from "#components/certificates/new-certificate-values.ts";
import { KeyKindChoice } from "#components/keys/key-kind-choice.tsx";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { FormCard } from "#components/ui/form-card.tsx";
import { NameField } from "#components/ui/name-field.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { useAction } from "#components/ui/use-action.ts";

type NewCertificateProps = {
  certificatesHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
  generateAction: GenerateCertificateAction;
};

const fieldNames = ["name", "common_name", "subject_alt_names", "validity_days"] as const;

/** The form; afterwards it leads to the certificate. */
export function NewCertificate({ certificatesHref, now, generateAction }: NewCertificateProps): ReactElement {
  const router = useRouter();
  const [values, setValues] = useState(newCertificateValues);
  const [isDone, setDone] = useState(false);
  const { run, isPending, failure, errorOf } = useAction(generateAction, (made) => {
    setDone(true);
    showToast({ tone: "positive", title: "Certificate generated", description: made.name });
    router.push(`${certificatesHref}/${made.id}`);
  });
  const isBusy = isPending || isDone;
  const kind = generatedKeyKinds.find((one) => one.keyAlgorithm === values.keyAlgorithm);
  return (
    <FormCard
      submitLabel="Generate certificate"
      cancelHref={certificatesHref}
      isPending={isBusy}
      failure={failure}
      onSubmit={() => run(toGenerateRequest(values))}
      aside={<GenerationProgress kind={isBusy ? (kind ?? null) : null} />}
    >
      <ActionFailureNotice failure={failure} fields={fieldNames} />
      <CertificateFields
        values={values}
        now={now}
        errorOf={errorOf}
        onChange={(change) => setValues((before) => ({ ...before, ...change }))}
      />
      <KeyKindChoice
        legend="Algorithm"
        kinds={generatedKeyKinds}
        chosenId={kind?.id ?? ""}
        onChoose={({ id }) => {
          const chosen = generatedKeyKinds.find((one) => one.id === id);
          if (chosen) setValues((before) => ({ ...before, keyAlgorithm: chosen.keyAlgorithm }));
        }}
      />
    </FormCard>
  );
}

type CertificateFieldsProps = {
  values: NewCertificateValues;
  now: string;
  errorOf: (field: string) => string | null;
  onChange: (change: Partial<NewCertificateValues>) => void;
};

function CertificateFields({ values, now, errorOf, onChange }: CertificateFieldsProps): ReactElement {
  return (
    <>
      <NameField value={values.name} error={errorOf("name")} onChange={(name) => onChange({ name })} />
      <TextField
        label="Common Name (CN)"
        isOptional
        error={errorOf("common_name")}
        hint="The subject of the certificate; at most 64 characters."
        name="common_name"
        value={values.commonName}
        placeholder={values.name.trim() === "" ? "As the name" : values.name.trim()}
        onChange={(commonName) => onChange({ commonName })}
      />
      <TextField
        label="Subject Alt Names"
        isOptional
        error={errorOf("subject_alt_names")}
        hint="DNS names, separated by commas, such as idp.example.com, *.example.com."
        isMono
        name="subject_alt_names"
        value={values.subjectAltNames}
        onChange={(subjectAltNames) => onChange({ subjectAltNames })}
      />
      <TextField
        label="Validity in days"
        error={errorOf("validity_days")}
        hint={`${validUntil(values.validityDays, now) ?? "A whole number of days"}. At most 3650, ten years.`}
        name="validity_days"
        value={values.validityDays}
        onChange={(validityDays) => onChange({ validityDays })}
        inputMode="numeric"
        className="max-w-40"
      />
    </>
  );
}
