import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { calculateJwkThumbprint } from "jose";
import { describe, expect, it } from "vitest";
import { ALGORITHMS } from "#lib/crypto/algorithms.ts";
import { importPublicJwk, jwkThumbprint, readPublicJwk, toPublicJwk, toPublishedJwk } from "#lib/crypto/jwk.ts";
import { SOUND_KEYS, testKeyPair } from "../support/keys.ts";
import { RFC_7638_3_1 } from "../vectors/jose.ts";

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

describe("public JWKs", () => {
  it("U9: the thumbprint is that of https://www.rfc-editor.org/rfc/rfc7638#section-3.1", () => {
    expect(jwkThumbprint(RFC_7638_3_1.jwk)).toBe(RFC_7638_3_1.thumbprint);
  });

  it.each(SOUND_KEYS)("U3, L5: $name is published with public members only, as openssl sees them", async (key) => {
    const { publicKeyDer, privateKeyDer } = testKeyPair(key.name);
    const algorithm = ALGORITHMS[key.algorithm];
    const jwk = toPublicJwk(publicKeyDer, algorithm);
    const published = toPublishedJwk({ jwk, kid: jwkThumbprint(jwk), algorithm: key.algorithm });
    expect(published).toMatchObject({ use: "sig", alg: key.algorithm, kid: await calculateJwkThumbprint({ ...jwk }) });
    for (const member of PRIVATE_MEMBERS) expect(published).not.toHaveProperty(member);
    expect(JSON.stringify(published)).not.toMatch(/=|\+|\//);
    const pem = createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" }).export({
      type: "pkcs8",
      format: "pem",
    });
    const text = execFileSync("openssl", ["pkey", "-noout", "-text"], { input: pem, encoding: "utf8" });
    if (jwk.kty === "RSA") {
      expect(jwk.e).toBe("AQAB");
      expect(hex(jwk.n)).toBe(opensslHex(text, "modulus").replace(/^00/, ""));
    } else {
      expect(`04${hex(jwk.x)}${hex(jwk.y)}`).toBe(opensslHex(text, "pub"));
    }
  });

  it("coordinates of P-521 have 66 bytes each, also when they begin with zeros (RFC 7518 section 6.2.1.2)", () => {
    const jwk = toPublicJwk(testKeyPair("p521").publicKeyDer, ALGORITHMS.ES512);
    if (jwk.kty !== "EC") throw new Error("not an EC key");
    expect(Buffer.from(jwk.x, "base64url")).toHaveLength(66);
    expect(Buffer.from(jwk.x, "base64url").subarray(0, 2)).toEqual(Buffer.from([0, 0]));
    expect(Buffer.from(jwk.y, "base64url")).toHaveLength(66);
    expect(importPublicJwk(jwk, ALGORITHMS.ES512).asymmetricKeyType).toBe("ec");
  });

  it("members that are short, padded, not canonical or of another curve are refused", () => {
    const jwk = toPublicJwk(testKeyPair("p256").publicKeyDer, ALGORITHMS.ES256);
    if (jwk.kty !== "EC") throw new Error("not an EC key");
    const short = Buffer.from(jwk.x, "base64url").subarray(1).toString("base64url");
    for (const change of [{ x: short }, { x: `${jwk.x}=` }, { x: "" }, { x: 5 }, { crv: "P-384" }, { kty: "RSA" }]) {
      expect(() => readPublicJwk({ ...jwk, ...change }, ALGORITHMS.ES256)).toThrow(
        expect.objectContaining({ code: "key.unacceptable" }),
      );
    }
    const rsa = {
      ...RFC_7638_3_1.jwk,
      n: Buffer.concat([Buffer.alloc(1), Buffer.alloc(256, 7)]).toString("base64url"),
    };
    expect(() => readPublicJwk(rsa, ALGORITHMS.RS256)).toThrow(expect.objectContaining({ code: "key.unacceptable" }));
  });

  it("a point that is not on the curve is refused", () => {
    const point = Buffer.alloc(32, 1).toString("base64url");
    expect(() => importPublicJwk({ kty: "EC", crv: "P-256", x: point, y: point }, ALGORITHMS.ES256)).toThrow(
      expect.objectContaining({ code: "key.unacceptable" }),
    );
  });

  it("private members that were handed in do not come out", () => {
    const members = { ...RFC_7638_3_1.jwk, d: "AQAB", p: "AQAB", oth: [], kid: "other", alg: "none" };
    expect(Object.keys(readPublicJwk(members, ALGORITHMS.RS256))).toEqual(["kty", "n", "e"]);
  });
});

function hex(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("hex");
}

/** The hex block under a heading of `openssl pkey -text`. */
function opensslHex(text: string, heading: string): string {
  const block = new RegExp(`^${heading}:\\n((?:    .*\\n)+)`, "m").exec(text)?.[1] ?? "";
  return block.replaceAll(/[^0-9a-f]/g, "");
}
