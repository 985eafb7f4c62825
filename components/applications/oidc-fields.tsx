// The fields that only an OIDC application has.
"use client";

import type { ReactElement } from "react";
import type { ApplicationFieldsProps } from "#components/applications/application-form.tsx";
import { typedSeconds } from "#components/applications/application-values.ts";
import { Field } from "#components/ui/field.tsx";
import { formatDuration } from "#components/ui/format-time.ts";
import { TextInput } from "#components/ui/text-input.tsx";

/** Scopes and the life of a token. */
export function OidcFields({ values, onChange, errorOf }: ApplicationFieldsProps): ReactElement {
  const seconds = typedSeconds(values.tokenExpirySecs);
  return (
    <>
      <Field
        label="Scopes"
        isOptional
        error={errorOf("scopes")}
        hint="Separated by spaces. The name of a permission, such as certificates.view, lets it call the management API; you can only give what you have."
      >
        <TextInput
          isMono
          name="scopes"
          value={values.scopes}
          onChange={(event) => onChange({ scopes: event.target.value })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field
        label="Token expiry in seconds"
        error={errorOf("token_expiry_secs")}
        hint={
          <>
            {seconds === null || seconds === 0
              ? "At most 86400, one day."
              : `${formatDuration(seconds)}. At most 86400.`}{" "}
            A key that was rotated out stays needed for the longest expiry of all applications.
          </>
        }
      >
        <TextInput
          name="token_expiry_secs"
          value={values.tokenExpirySecs}
          onChange={(event) => onChange({ tokenExpirySecs: event.target.value })}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40"
        />
      </Field>
    </>
  );
}
