// The command that gets a token with a client's credentials.

/** What stands for the secret where it is not known any more. */
export const secretPlaceholder = "$CLIENT_SECRET";

/** A curl command for the client credentials grant. Ids and secrets are base64url, so nothing in them needs quoting. */
export function tokenCommand({
  tokenEndpoint,
  clientId,
  secret,
}: {
  tokenEndpoint: string;
  clientId: string;
  secret: string;
}): string {
  return `curl -u "${clientId}:${secret}" \\\n  -d grant_type=client_credentials \\\n  ${tokenEndpoint}`;
}
