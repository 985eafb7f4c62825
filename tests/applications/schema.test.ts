import { describe, expect, it } from "vitest";
import { createApplicationSchema, updateApplicationSchema } from "#lib/applications/schema.ts";
import { checkInput } from "#lib/http/input.ts";

const OIDC = { protocol: "oidc", name: "Billing" };
const SAML = {
  protocol: "saml",
  name: "Wiki",
  entity_id: "https://wiki.example/saml",
  acs_urls: ["https://wiki.example/acs"],
};

function fieldsRefused(
  body: unknown,
  schema: typeof createApplicationSchema | typeof updateApplicationSchema = createApplicationSchema,
): string[] {
  try {
    checkInput(schema, body);
    return [];
  } catch (error) {
    return (error as { errors: { field: string; code: string }[] }).errors.map(({ field, code }) => `${field} ${code}`);
  }
}

describe("the body of a new application", () => {
  it("an OIDC application needs only a name; its tokens live an hour", () => {
    expect(checkInput(createApplicationSchema, OIDC)).toEqual({
      ...OIDC,
      grant_types: ["client_credentials"],
      scopes: [],
      redirect_uris: [],
      post_logout_redirect_uris: [],
      confidential: true,
      consent_required: false,
      token_expiry_secs: 3600,
      id_token_expiry_secs: 3600,
      refresh_token_expiry_secs: 604_800,
    });
  });

  it("takes every field of the contract; a grant or an address given twice counts once", () => {
    const given = {
      grant_types: ["refresh_token", "authorization_code", "refresh_token"],
      redirect_uris: ["https://a.example/cb", "https://a.example/cb"],
      confidential: false,
      consent_required: true,
      signing_cert_id: null,
    };
    expect(checkInput(createApplicationSchema, { ...OIDC, ...given })).toMatchObject({
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: ["https://a.example/cb"],
      confidential: false,
      consent_required: true,
    });
    expect(fieldsRefused({ ...SAML, metadata_xml: null, signing_cert_id: null })).toEqual([]);
  });

  it.each([
    "https://app.example/callback",
    "https://app.example",
    "https://app.example:8443/cb?tenant=a&b=%20",
    "http://localhost:3000/cb",
    "http://127.0.0.1:49152/cb",
    "http://[::1]/cb",
    "com.example.app:/oauth2/cb",
    "com.example.app://cb",
  ])("O1: takes the redirect address %s as it is written", (uri) => {
    const taken = checkInput(createApplicationSchema, {
      ...OIDC,
      redirect_uris: [uri],
      post_logout_redirect_uris: [uri],
    });
    expect(taken).toMatchObject({ redirect_uris: [uri], post_logout_redirect_uris: [uri] });
  });

  it.each([
    "",
    "/cb",
    "//app.example/cb",
    "app.example/cb",
    "http://app.example/cb",
    "http://localhost.evil.example/cb",
    "https://app.example/cb#part",
    "https://app.example/cb#",
    "https://user@app.example/cb",
    "https://user:password@app.example/cb",
    "https://*.app.example/cb",
    "https://app.example\\@evil.example/cb",
    "https:/app.example/cb",
    "https:app.example/cb",
    "https://app.example/c b",
    "https://app.example/cb\n",
    "https://äpp.example/cb",
    "https://app.example/<cb>",
    "https://app.example:99999/cb",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "myapp:/cb",
    "com.example.app:cb",
    "urn:ietf:wg:oauth:2.0:oob",
    `https://app.example/${"a".repeat(2048)}`,
  ])("O1: refuses the redirect address %j at its place in the list", (uri) => {
    const good = "https://good.example/";
    const wrong = uri.trim() === uri ? uri : `${uri}x`;
    expect(fieldsRefused({ ...OIDC, redirect_uris: [good, wrong] })[0]).toMatch(/^redirect_uris\.1 /);
    expect(fieldsRefused({ ...OIDC, post_logout_redirect_uris: [wrong] })[0]).toMatch(/^post_logout_redirect_uris\.0 /);
  });

  it.each([
    { name: "" },
    { name: "   " },
    { name: "a".repeat(101) },
    { name: "line\nbreak" },
    { name: "nul\0" },
    { name: "turned \u202E around" },
    { name: 7 },
    { scopes: ["two words"] },
    { scopes: ['quo"te'] },
    { scopes: ["back\\slash"] },
    { scopes: [""] },
    { scopes: "read" },
    { scopes: Array.from({ length: 51 }, (_, index) => `scope${index}`) },
    { token_expiry_secs: 0 },
    { token_expiry_secs: 86_401 },
    { token_expiry_secs: 1.5 },
    { token_expiry_secs: "60" },
    { id_token_expiry_secs: 0 },
    { id_token_expiry_secs: 86_401 },
    { refresh_token_expiry_secs: 59 },
    { refresh_token_expiry_secs: 31_536_001 },
    { grant_types: [] },
    { grant_types: ["password"] },
    { grant_types: ["implicit"] },
    { grant_types: "authorization_code" },
    { redirect_uris: "https://a.example/" },
    { redirect_uris: Array.from({ length: 51 }, (_, index) => `https://a.example/${index}`) },
    { confidential: "no" },
    { consent_required: 1 },
    { entity_id: "https://wiki.example" },
    { client_id: "mine" },
    { organization_id: "other" },
    JSON.parse('{"__proto__": {"polluted": true}}'),
  ])("refuses %j", (extra) => {
    const body = { ...OIDC, ...extra };
    if (Object.hasOwn(extra, "__proto__")) Object.defineProperty(body, "__proto__", { value: {}, enumerable: true });
    expect(fieldsRefused(body)).toHaveLength(1);
  });

  it.each([
    { entity_id: "" },
    { entity_id: "a".repeat(1025) },
    { entity_id: "with space" },
    { acs_urls: [] },
    { acs_urls: Array.from({ length: 21 }, (_, index) => `https://wiki.example/${index}`) },
    { acs_urls: ["/relative"] },
    { acs_urls: ["http://wiki.example/acs"] },
    { acs_urls: ["javascript:alert(1)"] },
    { acs_urls: ["https://user:password@wiki.example/acs"] },
    { acs_urls: ["https://wiki.example/acs#part"] },
    { name_id_format: "urn:made-up" },
    { scopes: ["read"] },
    { metadata_xml: "<EntityDescriptor/>" },
  ])("refuses a SAML application with %j", (extra) => {
    expect(fieldsRefused({ ...SAML, ...extra })).toHaveLength(1);
  });

  it("takes http for assertions on the machine itself", () => {
    expect(fieldsRefused({ ...SAML, acs_urls: ["http://localhost:8080/acs", "http://127.0.0.1/acs"] })).toEqual([]);
  });

  it("refuses another protocol, and a body that is no object", () => {
    expect(fieldsRefused({ protocol: "ws-fed", name: "Old" })).toHaveLength(1);
    for (const body of [null, [], "oidc", 7]) expect(fieldsRefused(body)).not.toHaveLength(0);
  });

  it("a change may be empty, but has no unknown field", () => {
    expect(fieldsRefused({}, updateApplicationSchema)).toEqual([]);
    expect(fieldsRefused({ client_secret: "mine" }, updateApplicationSchema)).toEqual(["client_secret unknown_field"]);
  });
});
