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
    expect(checkInput(createApplicationSchema, OIDC)).toEqual({ ...OIDC, scopes: [], token_expiry_secs: 3600 });
  });

  it("takes the fields of the contract as far as they mean what happens anyway", () => {
    const harmless = {
      grant_types: ["client_credentials"],
      redirect_uris: [],
      confidential: true,
      signing_cert_id: null,
    };
    expect(fieldsRefused({ ...OIDC, ...harmless })).toEqual([]);
    expect(fieldsRefused({ ...SAML, metadata_xml: null, signing_cert_id: null })).toEqual([]);
  });

  it.each([
    [{ grant_types: ["authorization_code"] }, "grant_types unsupported"],
    [{ grant_types: ["client_credentials", "refresh_token"] }, "grant_types unsupported"],
    [{ grant_types: [] }, "grant_types unsupported"],
    [{ redirect_uris: ["https://a.example/"] }, "redirect_uris unsupported"],
    [{ confidential: false }, "confidential unsupported"],
  ])("says clearly what does not work yet: %j", (extra, refused) => {
    expect(fieldsRefused({ ...OIDC, ...extra })).toEqual([refused]);
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
