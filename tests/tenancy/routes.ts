// Every management route with what it needs, so that a new route without a row fails (tests/tenancy/matrix.test.ts).

/** A request that would succeed for a person with the permission, in an organization with the demo data. */
export type RouteCase = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The file's path below app/api/v1/admin, for the completeness check. */
  file: string;
  /** `{application}`, `{secret}`, `{certificate}`, `{token}`, `{session}` and `{previous}` stand for ids in the caller's organization. */
  path: string;
  /** "pair" stands for a new private key with its certificate. */
  body?: Record<string, unknown> | "pair";
  /** Any one of these permissions is enough. */
  permissions: string[];
};

/** The table. */
export const ROUTE_CASES: RouteCase[] = [
  { method: "GET", file: "signing-key", path: "signing-key", permissions: ["certificates.view"] },
  {
    method: "POST",
    file: "signing-key/rotate",
    path: "signing-key/rotate",
    body: { override_reason: "matrix" },
    permissions: ["certificates.manage"],
  },
  {
    method: "PUT",
    file: "signing-key/next",
    path: "signing-key/next",
    body: { algorithm: "ES256" },
    permissions: ["certificates.manage"],
  },
  {
    method: "DELETE",
    file: "signing-key/previous",
    path: "signing-key/previous?force=true",
    permissions: ["certificates.manage"],
  },
  {
    method: "DELETE",
    file: "signing-key/previous/[kid]",
    path: "signing-key/previous/{previous}?force=true",
    permissions: ["certificates.manage"],
  },
  {
    method: "GET",
    file: "applications",
    path: "applications",
    permissions: ["applications.manage", "certificates.view"],
  },
  {
    method: "POST",
    file: "applications",
    path: "applications",
    body: { name: "Matrix", protocol: "oidc", grant_types: ["client_credentials"] },
    permissions: ["applications.manage"],
  },
  {
    method: "GET",
    file: "applications/[id]",
    path: "applications/{application}",
    permissions: ["applications.manage", "certificates.view"],
  },
  {
    method: "PATCH",
    file: "applications/[id]",
    path: "applications/{application}",
    body: { name: "Renamed" },
    permissions: ["applications.manage"],
  },
  {
    method: "DELETE",
    file: "applications/[id]",
    path: "applications/{application}",
    permissions: ["applications.manage"],
  },
  {
    method: "PUT",
    file: "applications/[id]/signing-certificate",
    path: "applications/{application}/signing-certificate",
    body: { signing_cert_id: null },
    permissions: ["certificates.view"],
  },
  {
    method: "POST",
    file: "applications/[id]/secrets",
    path: "applications/{application}/secrets",
    permissions: ["applications.manage"],
  },
  {
    method: "DELETE",
    file: "applications/[id]/secrets/[secretId]",
    path: "applications/{application}/secrets/{secret}",
    permissions: ["applications.manage"],
  },
  { method: "GET", file: "certificates", path: "certificates", permissions: ["certificates.view"] },
  {
    method: "POST",
    file: "certificates",
    path: "certificates",
    body: { name: "Matrix", key_algorithm: "ecdsa-p256" },
    permissions: ["certificates.manage"],
  },
  {
    method: "POST",
    file: "certificates/upload",
    path: "certificates/upload",
    body: "pair",
    permissions: ["certificates.manage"],
  },
  {
    method: "POST",
    file: "certificates/preview",
    path: "certificates/preview",
    body: "pair",
    permissions: ["certificates.manage"],
  },
  {
    method: "GET",
    file: "certificates/[id]",
    path: "certificates/{certificate}",
    permissions: ["certificates.view"],
  },
  {
    method: "POST",
    file: "certificates/[id]/renew",
    path: "certificates/{certificate}/renew",
    body: {},
    permissions: ["certificates.manage"],
  },
  {
    method: "DELETE",
    file: "certificates/[id]",
    path: "certificates/{certificate}",
    permissions: ["certificates.manage"],
  },
  { method: "GET", file: "sessions", path: "sessions", permissions: ["certificates.view"] },
  {
    method: "DELETE",
    file: "sessions/[id]",
    path: "sessions/{session}",
    permissions: ["certificates.manage", "applications.manage"],
  },
  {
    method: "POST",
    file: "sessions/revoke",
    path: "sessions/revoke",
    body: { application_id: "none" },
    permissions: ["certificates.manage", "applications.manage"],
  },
  // Everybody has tokens of their own; all tokens of these tests belong to one person.
  { method: "GET", file: "tokens", path: "tokens", permissions: ["certificates.view"] },
  {
    method: "POST",
    file: "tokens",
    path: "tokens",
    body: { name: "Matrix", permissions: ["certificates.view"] },
    permissions: ["certificates.view"],
  },
  { method: "DELETE", file: "tokens/[id]", path: "tokens/{token}", permissions: ["certificates.view"] },
  { method: "GET", file: "audit-events", path: "audit-events", permissions: ["audit.view"] },
];
