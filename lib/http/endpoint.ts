// The small request and response values of a machine endpoint, which both planes mount by their adapters.

/** What a machine endpoint gets. Header names are lower case. */
export type EndpointRequest = {
  method: string;
  /** Decoded path parameters, for example `orgId`. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  header: (name: string) => string | undefined;
  body: Uint8Array;
  remoteAddress: string;
};

/** What a machine endpoint answers; the adapter adds Content-Length, and leaves the body out for HEAD. */
export type EndpointResponse = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | string | null;
};

/** Synchronous when everything is at hand, so that the hot path pays for no promise. */
export type Endpoint = {
  methods: readonly string[];
  answer: (request: EndpointRequest) => EndpointResponse | Promise<EndpointResponse>;
};
