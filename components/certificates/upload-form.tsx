// The first step of an upload: a name, the private key, the certificate with its chain, and the passphrase where there is one.
"use client";

import { type ReactElement, useState } from "react";
import { readPemFile } from "#components/certificates/pem-files.ts";
import { takeFile, takePem, type UploadValues } from "#components/certificates/upload-values.ts";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Field } from "#components/ui/field.tsx";
import { FileDrop } from "#components/ui/file-drop.tsx";
import { FormCard } from "#components/ui/form-card.tsx";
import { NameField } from "#components/ui/name-field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { RunningAction } from "#components/ui/use-action.ts";

/** The fields of an upload that show their own errors. */
export const uploadFieldNames = ["name", "private_key_pem", "certificate_pem", "passphrase"] as const;

type UploadFormProps = {
  values: UploadValues;
  onChange: (change: (before: UploadValues) => UploadValues) => void;
  cancelHref: string;
  onSubmit: () => void;
} & Pick<RunningAction<never>, "failure" | "isPending" | "errorOf">;

/** The form; nothing is stored by it. */
export function UploadForm(props: UploadFormProps): ReactElement {
  const { values, onChange, failure, isPending, errorOf } = props;
  const files = usePemFiles(onChange);
  return (
    <FormCard
      submitLabel="Preview"
      cancelHref={props.cancelHref}
      isPending={isPending}
      failure={failure}
      onSubmit={props.onSubmit}
    >
      <ActionFailureNotice failure={failure} fields={uploadFieldNames} />
      <NameField
        value={values.name}
        error={errorOf("name")}
        onChange={(name) => onChange((before) => ({ ...before, name }))}
      />
      <div className="flex flex-col gap-2">
        <FileDrop
          label="Drop PEM files here"
          hint="Key, certificate and chain, in any number of files. They are sorted into the fields below."
          accept=".pem,.key,.crt,.cer,.cert,.txt"
          onFiles={files.take}
        />
        <p role="status" className="text-xs text-muted empty:hidden">
          {files.taken}
        </p>
        {files.problems.map((problem) => (
          <Notice key={problem} tone="danger" isLive>
            {problem}
          </Notice>
        ))}
      </div>
      <PemFields {...props} />
    </FormCard>
  );
}

function PemFields({ values, onChange, errorOf }: UploadFormProps): ReactElement {
  return (
    <>
      <Field
        label="Private key"
        error={errorOf("private_key_pem")}
        hint="PEM: PKCS#8, PKCS#1 or SEC1. It is sealed when it is stored, and never shown again."
      >
        <Textarea
          isMono
          name="private_key_pem"
          rows={6}
          value={values.privateKey}
          onChange={(event) => onChange((before) => takePem(before, "privateKey", event.target.value))}
          placeholder="-----BEGIN PRIVATE KEY-----"
        />
      </Field>
      <TextField
        label="Passphrase"
        isOptional
        error={errorOf("passphrase")}
        hint="Only where the private key is encrypted. It is used once and not kept."
        type="password"
        name="passphrase"
        value={values.passphrase}
        onChange={(passphrase) => onChange((before) => ({ ...before, passphrase }))}
      />
      <Field
        label="Certificate and chain"
        error={errorOf("certificate_pem")}
        hint="PEM: the certificate, and below it those that issued it, if your verifiers need them."
      >
        <Textarea
          isMono
          name="certificate_pem"
          rows={8}
          value={values.certificate}
          onChange={(event) => onChange((before) => takePem(before, "certificate", event.target.value))}
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      </Field>
    </>
  );
}

type PemFiles = { taken: string; problems: readonly string[]; take: (files: File[]) => void };

function usePemFiles(onChange: UploadFormProps["onChange"]): PemFiles {
  const [outcome, setOutcome] = useState<{ taken: string; problems: string[] }>({ taken: "", problems: [] });
  async function read(files: File[]): Promise<void> {
    const names: string[] = [];
    const problems: string[] = [];
    for (const file of files) {
      const found = await readPemFile(file);
      if ("problem" in found) problems.push(found.problem);
      else {
        names.push(file.name);
        onChange((before) => takeFile(before, found.text));
      }
    }
    setOutcome({ taken: names.length === 0 ? "" : `Read: ${names.join(", ")}`, problems });
  }
  return { ...outcome, take: (files) => void read(files) };
}
