import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import fc from "fast-check";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { ALGORITHMS, type SigningAlgorithm } from "#lib/crypto/algorithms.ts";
import { jwkThumbprint, toPublicJwk } from "#lib/crypto/jwk.ts";
import { signJws, type VerificationKey, verifyJwt } from "#lib/crypto/jws.ts";
import { importPrivateKey, importPublicKey } from "#lib/crypto/key-pair.ts";
import { SOUND_KEYS, type TestKeyName, testKeyPair } from "../support/keys.ts";
import { RFC_7515_A_2, RFC_7515_A_3 } from "../vectors/jose.ts";

const NOW = new Date("2026-11-22T08:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const CLAIMS = { iss: "https://id.example", aud: "api", iat: SECONDS, exp: SECONDS + 300, sub: "x" };
const EXPECTED = { issuer: "https://id.example", audience: "api", typ: "at+jwt", now: NOW };

function load(name: TestKeyName, algorithm: SigningAlgorithm) {
  const { privateKeyDer, publicKeyDer } = testKeyPair(name);
  const entry = ALGORITHMS[algorithm];
  const kid = jwkThumbprint(toPublicJwk(publicKeyDer, entry));
  return {
    algorithm,
    kid,
    privateKey: importPrivateKey(privateKeyDer, entry),
    publicKey: importPublicKey(publicKeyDer, entry),
  };
}

const RSA = load("rsa2048", "RS256");
const EC = load("p256", "ES256");
const keys = (kid: string): VerificationKey | undefined => [RSA, EC].find((key) => key.kid === kid);
const invalid = expect.objectContaining({ code: "auth.invalid_token" });

describe("signing", () => {
  it.each([RFC_7515_A_2, RFC_7515_A_3])(
    "makes and takes the signature of RFC 7515 appendix A ($algorithm)",
    async (vector) => {
      const key = createPrivateKey({ key: { ...vector.privateJwk }, format: "jwk" });
      const algorithm = ALGORITHMS[vector.algorithm];
      const ours = importPrivateKey(key.export({ type: "pkcs8", format: "der" }), algorithm);
      const signature = await ours.sign(Buffer.from(vector.signingInput));
      // RSASSA-PKCS1-v1_5 has one signature for one input; ECDSA has many.
      if (vector.algorithm === "RS256") expect(signature.toString("base64url")).toBe(vector.signature);
      for (const candidate of [signature, Buffer.from(vector.signature, "base64url")]) {
        const publicKey = { key: createPublicKey(key), dsaEncoding: "ieee-p1363" } as const;
        expect(verify(algorithm.hash, Buffer.from(vector.signingInput), publicKey, candidate)).toBe(true);
      }
    },
  );

  it.each(SOUND_KEYS)(
    "U4, L1: a token of $algorithm carries its kid and verifies with jose",
    async ({ name, algorithm }) => {
      const key = load(name, algorithm);
      const token = await signJws({ ...key, typ: "at+jwt", claims: CLAIMS });
      expect(decodeProtectedHeader(token)).toEqual({ alg: algorithm, typ: "at+jwt", kid: key.kid });
      const { payload } = await jwtVerify(token, key.publicKey, { algorithms: [algorithm], currentDate: NOW });
      expect(payload).toEqual(CLAIMS);
    },
  );

  it("two kids and two types of one key do not share a header", async () => {
    const headers = [];
    for (const [kid, typ] of [
      ["a b", "c"],
      ["a", "b c"],
      ["a", "c"],
    ] as const) {
      headers.push(decodeProtectedHeader(await signJws({ ...RSA, kid, typ, claims: CLAIMS })));
    }
    expect(headers.map(({ kid, typ }) => [kid, typ])).toEqual([
      ["a b", "c"],
      ["a", "b c"],
      ["a", "c"],
    ]);
  });

  it("a key does not sign for another algorithm than its own", async () => {
    await expect(signJws({ ...RSA, algorithm: "RS512", typ: "JWT", claims: CLAIMS })).rejects.toThrow(
      expect.objectContaining({ code: "key.unsupported_algorithm" }),
    );
  });

  it("claims of any text survive the way through", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.jsonValue(), async (sub, value) => {
        const claims = { ...CLAIMS, sub, value: value as never };
        const token = await signJws({ ...EC, typ: "at+jwt", claims });
        expect(await verifyJwt(token, { ...EXPECTED, keys })).toEqual(JSON.parse(JSON.stringify(claims)));
      }),
      { numRuns: 100 },
    );
  });
});

describe("verifying our own tokens", () => {
  const segment = (value: unknown): string =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  const forge = async (header: unknown, payload: unknown = CLAIMS, key = RSA): Promise<string> => {
    const input = `${segment(header)}.${segment(payload)}`;
    return `${input}.${(await key.privateKey.sign(Buffer.from(input))).toString("base64url")}`;
  };
  const header = { alg: "RS256", typ: "at+jwt", kid: RSA.kid };

  it("takes a token at the last second of its life and refuses it at the next", async () => {
    const token = await signJws({ ...EC, typ: "at+jwt", claims: CLAIMS });
    const at = (seconds: number) =>
      verifyJwt(token, { ...EXPECTED, keys, now: new Date((CLAIMS.exp + seconds) * 1000) });
    await expect(at(-1)).resolves.toMatchObject({ sub: "x" });
    await expect(at(0)).rejects.toThrow(invalid);
    await expect(at(61)).rejects.toThrow(invalid);
  });

  it("refuses a token of the future, and one without expiry, issuer, audience or time of issue", async () => {
    await expect(
      verifyJwt(await forge(header, { ...CLAIMS, iat: SECONDS + 61 }), { ...EXPECTED, keys }),
    ).rejects.toThrow(invalid);
    await expect(
      verifyJwt(await forge(header, { ...CLAIMS, iat: SECONDS + 60 }), { ...EXPECTED, keys }),
    ).resolves.toBeDefined();
    for (const claim of ["exp", "iss", "aud", "iat"]) {
      const { [claim]: _without, ...rest } = CLAIMS as Record<string, unknown>;
      await expect(verifyJwt(await forge(header, rest), { ...EXPECTED, keys }), claim).rejects.toThrow(invalid);
    }
  });

  it.each([
    ["another issuer", { issuer: "https://id.example/" }],
    ["another audience", { audience: "other" }],
    ["another type", { typ: "JWT" }],
  ])("refuses %s", async (_title, change) => {
    const token = await signJws({ ...RSA, typ: "at+jwt", claims: CLAIMS });
    await expect(verifyJwt(token, { ...EXPECTED, keys, ...change })).rejects.toThrow(invalid);
  });

  it.each([
    ["alg none", { alg: "none", typ: "at+jwt", kid: RSA.kid }],
    ["HS256 keyed with the public key", { alg: "HS256", typ: "at+jwt", kid: RSA.kid }],
    ["RS512 for a key of RS256", { alg: "RS512", typ: "at+jwt", kid: RSA.kid }],
    ["RS256 for the kid of an EC key", { alg: "RS256", typ: "at+jwt", kid: EC.kid }],
    ["no kid", { alg: "RS256", typ: "at+jwt" }],
    ["a kid that is a number", { alg: "RS256", typ: "at+jwt", kid: 1 }],
    ["an unknown kid", { ...header, kid: "../../etc/passwd" }],
    ["a kid of the prototype", { ...header, kid: "__proto__" }],
    ["jku", { ...header, jku: "https://attacker.example/jwks.json" }],
    ["jwk", { ...header, jwk: { kty: "RSA" } }],
    ["x5u", { ...header, x5u: "https://attacker.example/x5u" }],
    ["x5c", { ...header, x5c: ["AAAA"] }],
    ["crit", { ...header, crit: ["exp"] }],
    ["b64 false", { ...header, b64: false, crit: ["b64"] }],
    ["zip", { ...header, zip: "DEF" }],
    ["cty of a nested token", { ...header, cty: "JWT" }],
    ["a member twice", `{"alg":"none","alg":"RS256","typ":"at+jwt","kid":"${RSA.kid}"}`],
    ["white space in the header", `{ "alg":"RS256","typ":"at+jwt","kid":"${RSA.kid}"}`],
    ["an array as header", [header]],
    ["null as header", null],
  ])("J4, J5 of SECURITY: refuses %s", async (_title, forged) => {
    await expect(verifyJwt(await forge(forged), { ...EXPECTED, keys })).rejects.toThrow(invalid);
  });

  it("refuses a claim that stands there twice, and a payload that is no object", async () => {
    const twice = JSON.stringify(CLAIMS).replace('"sub":"x"', '"sub":"y","sub":"x"');
    for (const payload of [twice, "[]", "1", "null", '"text"', ""]) {
      await expect(verifyJwt(await forge(header, payload), { ...EXPECTED, keys }), payload).rejects.toThrow(invalid);
    }
  });

  it("refuses every token in which one character was changed", async () => {
    const token = await signJws({ ...EC, typ: "at+jwt", claims: CLAIMS });
    for (let index = 0; index < token.length; index += 1) {
      const changed = token.slice(0, index) + (token[index] === "A" ? "B" : "A") + token.slice(index + 1);
      await expect(verifyJwt(changed, { ...EXPECTED, keys }), `character ${index}`).rejects.toThrow(invalid);
    }
  });

  it("refuses anything else without trouble", async () => {
    const token = await signJws({ ...EC, typ: "at+jwt", claims: CLAIMS });
    for (const other of [
      "",
      ".",
      "..",
      "a.b",
      "a.b.c.d.e",
      `${token}.`,
      ` ${token}`,
      `${token}\n`,
      token.repeat(60),
      "\0.\0.\0",
    ]) {
      await expect(verifyJwt(other, { ...EXPECTED, keys })).rejects.toThrow(invalid);
    }
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        await expect(verifyJwt(text, { ...EXPECTED, keys })).rejects.toThrow(invalid);
      }),
    );
  });
});
