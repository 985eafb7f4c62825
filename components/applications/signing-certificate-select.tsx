// The Signing Certificate dropdown: the organization's signing key first, then the certificates, those that have expired last.
"use client";

import { type ReactElement, useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { formatDay } from "#components/ui/format-time.ts";
import { Select, type SelectOption } from "#components/ui/select.tsx";
import { TextInput } from "#components/ui/text-input.tsx";
import type { Action } from "#components/ui/use-action.ts";
import { useLatestAnswer } from "#components/ui/use-latest-answer.ts";
import type { SelectableCertificatesView, SelectableCertificateView } from "#lib/certificates/signing-certificate.ts";

/** Finds certificates by a part of their name, subject or fingerprint; the selected one is always among them. */
export type FindCertificatesAction = Action<{ search: string; selected: string | null }, SelectableCertificatesView>;

/** What can be chosen, and how to find more of it. */
export type SigningCertificateChoices = { first: SelectableCertificatesView; findAction: FindCertificatesAction };

type SigningCertificateSelectProps = {
  choices: SigningCertificateChoices;
  /** Null: the organization's signing key. */
  value: string | null;
  onChange: (id: string | null) => void;
  error: string | null;
  hint?: string;
};

const defaultValue = "default";

/** A labelled select; where there are more certificates than it shows, a field above it narrows the list. */
export function SigningCertificateSelect(props: SigningCertificateSelectProps): ReactElement {
  const { choices, value, onChange, error, hint } = props;
  const [search, setSearch] = useState("");
  const [found, find] = useLatestAnswer(choices.findAction);
  const { data, has_more: hasMore } = found ?? choices.first;
  return (
    <div className="flex flex-col gap-3">
      {choices.first.has_more ? (
        <Field
          label="Find a certificate"
          hint={
            hasMore
              ? "There are more than the list below shows: type a part of the name."
              : "By a part of its name, subject or fingerprint."
          }
        >
          <TextInput
            type="search"
            value={search}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => {
              setSearch(event.target.value);
              find({ search: event.target.value, selected: value });
            }}
            onKeyDown={(event) => {
              // The list is found while typing; Enter must not send the form around it.
              if (event.key === "Enter") event.preventDefault();
            }}
          />
        </Field>
      ) : null}
      <Field label="Signing Certificate" error={error} hint={hint}>
        <Select
          name="signing_cert_id"
          value={value ?? defaultValue}
          onValueChange={(chosen) => onChange(chosen === defaultValue ? null : chosen)}
          options={data.map(toOption)}
        />
      </Field>
    </div>
  );
}

function toOption(entry: SelectableCertificateView): SelectOption<string> {
  return {
    value: entry.id ?? defaultValue,
    label: entry.name,
    description: describeEntry(entry),
    isDisabled: !entry.selectable,
    ...(entry.expires_at === null ? {} : { detail: describeEnd(entry.expires_at, entry.expiry_state) }),
  };
}

function describeEntry(entry: SelectableCertificateView): string {
  const { algorithm, expires_at: end, expiry_state: state, replaced_by: successor } = entry;
  if (end === null) return `Signs ${algorithm} now; changes with every rotation`;
  const fate = successor === null ? "" : ` · renewed, see the one until ${formatDay(successor.expires_at)}`;
  return `Signs ${algorithm} · ${describeEnd(end, state)}${fate}`;
}

function describeEnd(end: string, state: SelectableCertificateView["expiry_state"]): string {
  return `${state === "expired" ? "expired" : "until"} ${formatDay(end)}`;
}
