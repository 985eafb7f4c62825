// The fields that only a SAML application has.
"use client";

import type { ReactElement } from "react";
import type { ApplicationFieldsProps } from "#components/applications/application-form.tsx";
import { nameIdFormatLabel, nameIdFormats } from "#components/applications/name-id-format.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";

const notSet = "not-set";

/** Entity ID, where assertions go, and how subjects are named. */
export function SamlFields({ values, onChange, errorOf }: ApplicationFieldsProps): ReactElement {
  return (
    <>
      <TextField
        label="Entity ID"
        error={errorOf("entity_id")}
        hint="How the service provider calls itself, letter by letter as in its metadata."
        isMono
        name="entity_id"
        value={values.entityId}
        onChange={(entityId) => onChange({ entityId })}
      />
      <Field
        label="ACS URLs"
        error={errorOf("acs_urls")}
        hint="Where assertions are sent: https addresses, one on each line, the default one first."
      >
        <Textarea
          isMono
          name="acs_urls"
          value={values.acsUrls}
          onChange={(event) => onChange({ acsUrls: event.target.value })}
        />
      </Field>
      <Field label="Name ID format" isOptional error={errorOf("name_id_format")}>
        <Select
          name="name_id_format"
          value={values.nameIdFormat === "" ? notSet : values.nameIdFormat}
          onValueChange={(value) => onChange({ nameIdFormat: value === notSet ? "" : value })}
          options={[
            { value: notSet, label: "As the service provider asks" },
            ...nameIdFormats.map((value) => ({ value, label: nameIdFormatLabel(value), description: value })),
          ]}
        />
      </Field>
    </>
  );
}
