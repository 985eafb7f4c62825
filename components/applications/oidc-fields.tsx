// The fields that only an OIDC application has.
"use client";

import type { ReactElement } from "react";
import type { ApplicationFieldsProps } from "#components/applications/application-form.tsx";
import { GrantFields } from "#components/applications/grant-fields.tsx";
import { SecondsField } from "#components/applications/seconds-field.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { REFRESH_TOKEN_EXPIRY_SECONDS, TOKEN_EXPIRY_SECONDS } from "#lib/applications/expiry.ts";

type OidcFieldsProps = ApplicationFieldsProps & {
  /** True for a client that has secrets now. */
  hasSecrets: boolean;
};

/** How it gets tokens, where people come back to, what it may ask for, and how long its tokens live. */
export function OidcFields({ hasSecrets, ...fields }: OidcFieldsProps): ReactElement {
  const { values, onChange, errorOf } = fields;
  const isSignIn = values.grantTypes.includes("authorization_code");
  const losesSecrets = hasSecrets && values.kind === "public";
  return (
    <>
      <GrantFields
        {...fields}
        warning={losesSecrets ? "Its client secrets are deleted when this is saved, and stop working at once." : null}
      />
      {isSignIn ? <SignInFields {...fields} /> : null}
      <TextField
        label="Scopes"
        isOptional
        error={errorOf("scopes")}
        hint={
          <>
            {"Separated by spaces. "}
            {isSignIn ? "People's sign-ins always get openid, profile, email and offline_access. " : ""}
            The name of a permission, such as certificates.view, lets the client itself call the management API; you can
            only give what you have.
          </>
        }
        isMono
        name="scopes"
        value={values.scopes}
        onChange={(scopes) => onChange({ scopes })}
      />
      <SecondsField
        label="Token expiry"
        name="token_expiry_secs"
        value={values.tokenExpirySecs}
        onChange={(tokenExpirySecs) => onChange({ tokenExpirySecs })}
        error={errorOf("token_expiry_secs")}
        maximum={TOKEN_EXPIRY_SECONDS.maximum}
        hint="A key that was rotated out stays needed for the longest expiry of all applications."
      />
      {isSignIn ? <SignInExpiryFields {...fields} /> : null}
    </>
  );
}

function SignInFields({ values, onChange, errorOf }: ApplicationFieldsProps): ReactElement {
  return (
    <>
      <Field
        label="Redirect URIs"
        error={errorOf("redirect_uris")}
        hint={
          values.kind === "public"
            ? "One on each line; compared letter by letter. https, http for localhost only, or a scheme of its own such as com.example.app:/callback."
            : "One on each line; compared letter by letter. https, or http for localhost only."
        }
      >
        <Textarea
          isMono
          name="redirect_uris"
          value={values.redirectUris}
          onChange={(event) => onChange({ redirectUris: event.target.value })}
        />
      </Field>
      <Field
        label="Post-logout redirect URIs"
        isOptional
        error={errorOf("post_logout_redirect_uris")}
        hint="Where people may be sent after they signed out, one on each line."
      >
        <Textarea
          isMono
          name="post_logout_redirect_uris"
          value={values.postLogoutRedirectUris}
          onChange={(event) => onChange({ postLogoutRedirectUris: event.target.value })}
        />
      </Field>
      <Checkbox
        label="Ask for consent"
        hint="People are asked once before the application learns who they are."
        checked={values.isConsentRequired}
        onCheckedChange={(isConsentRequired) => onChange({ isConsentRequired })}
      />
    </>
  );
}

function SignInExpiryFields({ values, onChange, errorOf }: ApplicationFieldsProps): ReactElement {
  return (
    <>
      <SecondsField
        label="ID token expiry"
        name="id_token_expiry_secs"
        value={values.idTokenExpirySecs}
        onChange={(idTokenExpirySecs) => onChange({ idTokenExpirySecs })}
        error={errorOf("id_token_expiry_secs")}
        maximum={TOKEN_EXPIRY_SECONDS.maximum}
        hint="An ID token is read once, at the sign-in."
      />
      {values.grantTypes.includes("refresh_token") ? (
        <SecondsField
          label="Refresh token expiry"
          name="refresh_token_expiry_secs"
          value={values.refreshTokenExpirySecs}
          onChange={(refreshTokenExpirySecs) => onChange({ refreshTokenExpirySecs })}
          error={errorOf("refresh_token_expiry_secs")}
          maximum={REFRESH_TOKEN_EXPIRY_SECONDS.maximum}
          hint="Counted from the sign-in, however often it is refreshed; then people sign in again."
        />
      ) : null}
    </>
  );
}
