import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ALGORITHMS, type Algorithm, algorithmOf, keyTypeOf, SIGNING_ALGORITHMS } from "#lib/crypto/algorithms.ts";
import { generateKeyPair, importPrivateKey, importPublicKey, type KeyPairMaterial } from "#lib/crypto/key-pair.ts";
import { SOUND_KEYS, testKeyPair, UNSOUND_KEYS } from "../support/keys.ts";

async function isMatchingPair(material: KeyPairMaterial, algorithm: Algorithm): Promise<boolean> {
  const data = Buffer.from("trial");
  const signature = await importPrivateKey(material.privateKeyDer, algorithm).sign(data);
  const key = importPublicKey(material.publicKeyDer, algorithm);
  return verify(algorithm.hash, data, { key, dsaEncoding: "ieee-p1363" }, signature);
}

describe("key pairs", () => {
  it.each(SOUND_KEYS)("L2, L3: $name signs and verifies for $algorithm", async ({ name, algorithm }) => {
    expect(await isMatchingPair(testKeyPair(name), ALGORITHMS[algorithm])).toBe(true);
  });

  it.each(UNSOUND_KEYS)("U17: $why is refused, private and public half", ({ name, algorithm }) => {
    const material = testKeyPair(name);
    const refusal = expect.objectContaining({ code: "key.unacceptable" });
    expect(() => importPrivateKey(material.privateKeyDer, ALGORITHMS[algorithm])).toThrow(refusal);
    // How many primes a key has shows in its private half only.
    if (name !== "rsamulti") {
      expect(() => importPublicKey(material.publicKeyDer, ALGORITHMS[algorithm])).toThrow(refusal);
    }
  });

  it("bytes that are no key are refused with the same code", () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from([0x30]),
      Buffer.from("30820000", "hex"),
      Buffer.alloc(4000, 0x30),
    ]) {
      const refusal = expect.objectContaining({ code: "key.unacceptable" });
      expect(() => importPrivateKey(bytes, ALGORITHMS.RS256)).toThrow(refusal);
      expect(() => importPublicKey(bytes, ALGORITHMS.ES256)).toThrow(refusal);
    }
  });

  it.each(["ES256", "ES384", "ES512", "RS256"])("a generated pair for %s is a sound one", async (name) => {
    const type = keyTypeOf(name);
    const material = await generateKeyPair(type);
    expect(await isMatchingPair(material, type.algorithm)).toBe(true);
    const key = createPrivateKey({ key: material.privateKeyDer, format: "der", type: "pkcs8" });
    expect(createPublicKey(key).export({ type: "spki", format: "der" })).toEqual(material.publicKeyDer);
    if (type.algorithm.family === "RSA") {
      expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65_537n });
    }
  });

  it("a private key shows nothing of itself when it is logged, serialized or copied", () => {
    const material = testKeyPair("p256");
    const key = importPrivateKey(material.privateKeyDer, ALGORITHMS.ES256);
    const shown = inspect(key, { showHidden: true, depth: 10 }) + JSON.stringify(key) + JSON.stringify({ ...key });
    expect(shown).not.toMatch(/KeyObject|PrivateKeyObject|Buffer/);
    expect(Object.keys(key)).toEqual(["algorithm", "signingCost"]);
  });
});

describe("the table of algorithms", () => {
  it("has exactly the six algorithms of L2 and L3, each under its own name", () => {
    expect(Object.keys(ALGORITHMS)).toEqual([...SIGNING_ALGORITHMS]);
    for (const name of SIGNING_ALGORITHMS) expect(algorithmOf(name).name).toBe(name);
  });

  it.each(["HS256", "none", "PS256", "EdDSA", "rs256", "", "__proto__", "constructor", "toString"])(
    "refuses %j as an algorithm",
    (name) => {
      expect(() => algorithmOf(name)).toThrow(expect.objectContaining({ code: "key.unsupported_algorithm" }));
    },
  );

  it("U6: offers RSA of 2048, 3072 and 4096 bits, 2048 unless told", () => {
    expect(keyTypeOf("RS256").rsaBits).toBe(2048);
    for (const bits of [2048, 3072, 4096]) expect(keyTypeOf("RS512", bits).rsaBits).toBe(bits);
    for (const bits of [0, 1024, 2047, 2056, 8192, Number.NaN]) {
      expect(() => keyTypeOf("RS256", bits)).toThrow(expect.objectContaining({ code: "key.unsupported_algorithm" }));
    }
    expect(() => keyTypeOf("ES256", 2048)).toThrow(expect.objectContaining({ code: "key.unsupported_algorithm" }));
    expect(keyTypeOf("ES256").rsaBits).toBeNull();
  });
});
