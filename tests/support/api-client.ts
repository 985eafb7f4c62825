// A client of the management API and of the token endpoint, as a program outside would write it.

/** One answer: status, parsed JSON (or null), headers. */
export type ApiAnswer = {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
  text: string;
};

/** Calls `/api/v1/admin/…` with a bearer token; a body is sent as JSON. */
export async function callApi(
  baseUrl: string,
  token: string | null,
  { method = "GET", path, body }: { method?: string; path: string; body?: unknown },
): Promise<ApiAnswer> {
  const response = await fetch(`${baseUrl}/api/v1/admin/${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: response.status, body: parsed, headers: response.headers, text };
}

/** An access token by client credentials. */
export async function fetchAccessToken(
  baseUrl: string,
  organizationId: string,
  client: { id: string; secret: string },
  scope?: string,
): Promise<string> {
  const response = await fetch(`${baseUrl}/orgs/${organizationId}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`no token: ${response.status} ${JSON.stringify(body)}`);
  return body.access_token;
}
