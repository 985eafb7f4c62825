// Which settings of an OIDC client go together; each contradiction is told at the field that has to change.
import type { FieldError } from "../errors.ts";
import type { OidcApplication } from "./application.ts";
import { isPrivateUseUri } from "./redirect-uri.ts";

/** What contradicts what; empty for a client that can work. */
export function findClientContradictions(client: OidcApplication): FieldError[] {
  return [...findGrantContradictions(client), ...findAddressContradictions(client)];
}

function findGrantContradictions({ grantTypes, isConfidential }: OidcApplication): FieldError[] {
  const errors: FieldError[] = [];
  const field = "grant_types";
  if (grantTypes.includes("refresh_token") && !grantTypes.includes("authorization_code")) {
    const message = "Refresh tokens come with a sign-in, so they need authorization_code as well.";
    errors.push({ field, code: "needs_authorization_code", message });
  }
  if (grantTypes.includes("client_credentials") && !isConfidential) {
    const message = "A public client has no secret, so it cannot use client_credentials.";
    errors.push({ field, code: "needs_confidential", message });
  }
  return errors;
}

function findAddressContradictions(client: OidcApplication): FieldError[] {
  const { grantTypes, redirectUris, postLogoutRedirectUris, isConfidential } = client;
  if (grantTypes.includes("authorization_code") && redirectUris.length === 0) {
    const message = "People have to be sent back somewhere after they signed in: at least one address.";
    return [{ field: "redirect_uris", code: "required", message }];
  }
  if (!isConfidential) return [];
  const lists = { redirect_uris: redirectUris, post_logout_redirect_uris: postLogoutRedirectUris };
  return Object.entries(lists).flatMap(([field, uris]) =>
    uris.flatMap((uri, index) =>
      isPrivateUseUri(uri)
        ? [
            {
              field: `${field}.${index}`,
              code: "needs_public",
              message: "Only a public client has a scheme of its own.",
            },
          ]
        : [],
    ),
  );
}
