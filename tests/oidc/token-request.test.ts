import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTokenRequest } from "#lib/oidc/token-request.ts";

const FORM = "application/x-www-form-urlencoded";
const GRANT = "grant_type=client_credentials";

function read(
  body: string | Uint8Array,
  { authorization, contentType = FORM }: { authorization?: string; contentType?: string | undefined } = {},
): ReturnType<typeof readTokenRequest> {
  return readTokenRequest({ contentType, authorization, body: Buffer.from(body) });
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
}

// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
describe("reading a token request", () => {
  it("takes the client from the header or from the form", () => {
    const expected = { clientId: "id", clientSecret: "secret", grantType: "client_credentials" };
    expect(read(GRANT, { authorization: basic("id", "secret") })).toMatchObject(expected);
    expect(read(GRANT, { authorization: basic("id", "secret").replace("Basic", "bAsIc") })).toMatchObject(expected);
    expect(read(`${GRANT}&client_id=id&client_secret=secret`)).toMatchObject(expected);
    expect(read(`${GRANT}&client_id=id`, { authorization: basic("id", "secret") })).toMatchObject(expected);
  });

  it("takes a public client by its name alone, in the form or with an empty secret in the header", () => {
    const expected = { clientId: "id", clientSecret: "", grantType: "client_credentials" };
    expect(read(`${GRANT}&client_id=id`)).toMatchObject(expected);
    expect(read(`${GRANT}&client_id=id&client_secret=`)).toMatchObject(expected);
    expect(read(GRANT, { authorization: basic("id", "") })).toMatchObject(expected);
  });

  it("decodes both halves of the header, which are form-encoded before base64", () => {
    const encoded = `Basic ${Buffer.from("i%3Ad:s%25+%2B").toString("base64")}`;
    expect(read(GRANT, { authorization: encoded })).toMatchObject({ clientId: "i:d", clientSecret: "s% +" });
  });

  it("what URLSearchParams writes reads back the same", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.string({ minLength: 1, unit: "grapheme" }),
        (id, secret) => {
          fc.pre(!/[\0\uFFFD]/.test(id + secret));
          const form = new URLSearchParams({ grant_type: "client_credentials", client_id: id, client_secret: secret });
          expect(read(form.toString())).toMatchObject({ clientId: id, clientSecret: secret });
        },
      ),
    );
  });

  it("a parameter without a value counts as left out", () => {
    const asked = read(`${GRANT}&client_id=id&client_secret=secret&scope=`);
    expect("form" in asked && asked.form.has("scope")).toBe(false);
    expect(read("grant_type=&client_id=id&client_secret=secret")).toMatchObject({ error: "invalid_request" });
  });

  it.each([
    ["two ways at once", `${GRANT}&client_id=id&client_secret=secret`, basic("id", "secret"), 400],
    ["another client in the form", `${GRANT}&client_id=other`, basic("id", "secret"), 400],
    ["a parameter twice", `${GRANT}&${GRANT}`, basic("id", "secret"), 400],
    ["an unknown parameter twice", `${GRANT}&x=1&x=2`, basic("id", "secret"), 400],
    ["an empty parameter twice", `${GRANT}&scope=&scope=read`, basic("id", "secret"), 400],
    ["no grant type", "scope=read", basic("id", "secret"), 400],
    ["an empty form", "", basic("id", "secret"), 400],
    ["a broken escape", `${GRANT}&scope=%zz`, basic("id", "secret"), 400],
    ["an escape that is not UTF-8", `${GRANT}&scope=%ff`, basic("id", "secret"), 400],
    ["NUL", `${GRANT}&scope=a%00b`, basic("id", "secret"), 400],
    ["raw NUL", `${GRANT}&scope=a\0b`, basic("id", "secret"), 400],
    ["a form too large", `${GRANT}&x=${"a".repeat(20_000)}`, basic("id", "secret"), 413],
    ["no client", GRANT, undefined, 401],
    ["a secret without client", `${GRANT}&client_secret=secret`, undefined, 401],
    ["another scheme", GRANT, "Bearer abc", 401],
    ["no base64", GRANT, "Basic ###", 401],
    ["no colon", GRANT, `Basic ${Buffer.from("idsecret").toString("base64")}`, 401],
    ["an empty client", GRANT, basic("", "secret"), 401],
    ["NUL in the client", GRANT, basic("i\0d", "secret"), 401],
  ])("refuses %s", (_what, body, authorization, status) => {
    expect(read(body, authorization === undefined ? {} : { authorization })).toMatchObject({ isRefusal: true, status });
  });

  it.each([
    undefined,
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    `${FORM}; charset=iso-8859-1`,
    `${FORM}x`,
  ])("refuses the content type %s", (contentType) => {
    const request = { contentType, authorization: basic("id", "secret"), body: Buffer.from(GRANT) };
    expect(readTokenRequest(request)).toMatchObject({ status: 415 });
  });

  it("takes a content type with a harmless parameter, and __proto__ as one more unknown parameter", () => {
    const contentType = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    expect(read(`${GRANT}&__proto__=x`, { contentType, authorization: basic("id", "secret") })).toMatchObject({
      clientId: "id",
    });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.string(),
        (body, authorization) => void read(body, { authorization }),
      ),
    );
  });
});
