// The small request and response values of a machine endpoint, which both planes mount by their adapters.
import type { AppError } from "../errors.ts";

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

/**
 * What a machine endpoint answers; the adapter adds Content-Length, and leaves the body out for HEAD.
 * One that is frozen is understood as answered again and again: it is made ready for the socket once.
 */
export type EndpointResponse = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | string | null;
};

/** Synchronous when everything is at hand, so that the hot path pays for no promise. */
export type Endpoint = {
  /** GET stands for HEAD too. */
  methods: readonly string[];
  answer: (request: EndpointRequest) => EndpointResponse | Promise<EndpointResponse>;
  /** How this endpoint words what the adapter refuses or what it threw; a problem document unless given. */
  refuse?: (error: AppError) => Omit<EndpointResponse, "body"> & { body: string };
};

/** The endpoints of a plane by path; `{name}` stands for one segment. */
export type EndpointTable = Readonly<Record<string, Endpoint>>;
