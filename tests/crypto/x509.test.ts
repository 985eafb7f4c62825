import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ALGORITHMS } from "#lib/crypto/algorithms.ts";
import { createSelfSignedCertificate, readCertificate } from "#lib/crypto/x509.ts";
import { SOUND_KEYS, testKeyPair } from "../support/keys.ts";

const NOW = new Date("2026-11-22T08:00:00.789Z");
const folder = mkdtempSync(join(tmpdir(), "signet-x509-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function make(commonName: string, key = SOUND_KEYS[2], validUntil = new Date("2029-11-22T08:00:00.500Z")) {
  if (key === undefined) throw new Error("no such key");
  const keys = { material: testKeyPair(key.name), algorithm: ALGORITHMS[key.algorithm] };
  return createSelfSignedCertificate({ commonName, validUntil }, keys, NOW);
}

function openssl(pem: string, ...options: string[]): string {
  return execFileSync("openssl", ["x509", "-noout", ...options], { input: pem, encoding: "utf8" });
}

describe("self-signed certificates (https://www.rfc-editor.org/rfc/rfc5280#section-4.1)", () => {
  it.each(SOUND_KEYS)("J12: openssl verifies one over $name and reads what it says", async (key) => {
    const pem = await make("Acme Corp", key);
    const file = join(folder, `${key.name}.pem`);
    writeFileSync(file, pem);
    const verified = execFileSync(
      "openssl",
      ["verify", "-x509_strict", "-check_ss_sig", "-partial_chain", "-trusted", file, file],
      { encoding: "utf8" },
    );
    expect(verified).toContain(": OK");
    const text = openssl(pem, "-text", "-nameopt", "utf8,show_type");
    expect(text).toContain("Version: 3");
    expect(text).toMatch(/Issuer: CN=UTF8STRING:Acme Corp\n/);
    expect(text).toMatch(/Subject: CN=UTF8STRING:Acme Corp\n/);
    expect(text).toContain("Not Before: Nov 22 07:55:00 2026 GMT");
    expect(text).toContain("Not After : Nov 22 08:00:00 2029 GMT");
    expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:FALSE/);
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/);
    expect(text).toContain("X509v3 Subject Key Identifier");
    expect(text.match(/X509v3/g)).toHaveLength(4);
    const digest = key.algorithm.slice(2);
    expect(text).toMatch(new RegExp(`Signature Algorithm: (sha${digest}WithRSAEncryption|ecdsa-with-SHA${digest})`));
    const publicKey = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
    expect(publicKey).toEqual(testKeyPair(key.name).publicKeyDer);
  });

  it("the facts read back are those of openssl", async () => {
    const pem = await make("Acme Corp");
    const facts = readCertificate(pem);
    expect(openssl(pem, "-fingerprint", "-sha256")).toContain(facts.fingerprintSha256);
    expect(facts.notBefore).toEqual(new Date("2026-11-22T07:55:00Z"));
    expect(facts.notAfter).toEqual(new Date("2029-11-22T08:00:00Z"));
  });

  it.each([
    ["commas, quotes and backslashes", 'Acme, "Corp" + Söhne \\ = ;<>#', 'Acme, "Corp" + Söhne \\ = ;<>#'],
    ["a leading #", "#1 Shop", "#1 Shop"],
    ["another script", "株式会社アクメ", "株式会社アクメ"],
    ["emoji", "🔑 Keys", "🔑 Keys"],
    ["right-to-left", "شركة", "شركة"],
    ["spaces around", "  Acme  ", "Acme"],
    ["NUL and line ends", "Ac\0me\r\nCorp", "Ac me  Corp"],
    ["64 characters", "x".repeat(64), "x".repeat(64)],
    ["65 characters", "y".repeat(65), "y".repeat(64)],
    ["65 emoji", "🔑".repeat(65), "🔑".repeat(64)],
  ])("a common name with %s stays one name", async (_title, given, expected) => {
    const pem = await make(given);
    const text = execFileSync("openssl", ["x509", "-noout", "-subject", "-nameopt", "utf8,sep_multiline,lname"], {
      input: pem,
      encoding: "utf8",
    });
    expect(text.replace(/^subject=\s*/, "").trim()).toBe(`commonName=${expected}`);
  });

  it("dates from 2050 on are GeneralizedTime, earlier ones UTCTime", async () => {
    const pem = await make("Acme", SOUND_KEYS[2], new Date("2050-01-01T00:00:00Z"));
    const structure = execFileSync("openssl", ["asn1parse"], { input: pem, encoding: "utf8" });
    expect(structure).toMatch(/UTCTIME\s+:261122075500Z/);
    expect(structure).toMatch(/GENERALIZEDTIME\s+:20500101000000Z/);
  });

  it("DEFAULT FALSE is left out of basic constraints, and every serial is its own positive number", async () => {
    const serials = new Set<string>();
    for (let count = 0; count < 100; count += 1) {
      const pem = await make("Acme");
      const serial = new X509Certificate(pem).serialNumber;
      serials.add(serial);
      expect(serial).toHaveLength(32);
      expect(Number.parseInt(serial.slice(0, 2), 16)).toBeLessThan(0x80);
      if (count === 0) {
        const structure = execFileSync("openssl", ["asn1parse"], { input: pem, encoding: "utf8" });
        expect(structure).toMatch(/X509v3 Basic Constraints[\s\S]*?OCTET STRING\s+\[HEX DUMP\]:3000\n/);
      }
    }
    expect(serials.size).toBe(100);
  });
});
