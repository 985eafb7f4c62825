// Calls a machine endpoint as an adapter would.
import type { Endpoint, EndpointResponse } from "#lib/http/endpoint.ts";

type Call = {
  orgId: string;
  headers?: Record<string, string>;
  body?: string;
  method?: string;
  query?: URLSearchParams;
  address?: string;
};

/** What the endpoint answers. */
export async function callEndpoint(
  endpoint: Endpoint,
  call: Call,
): Promise<EndpointResponse & { json: Record<string, unknown> }> {
  const answered = await endpoint.answer({
    method: call.method ?? endpoint.methods[0] ?? "GET",
    params: { orgId: call.orgId },
    query: call.query ?? new URLSearchParams(),
    header: (name) => call.headers?.[name],
    body: Buffer.from(call.body ?? ""),
    remoteAddress: call.address ?? "127.0.0.1",
  });
  return { ...answered, json: answered.body === null || answered.body === "" ? {} : JSON.parse(String(answered.body)) };
}
