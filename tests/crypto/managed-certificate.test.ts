import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { generateCertificateSchema } from "#lib/certificates/schema.ts";
import { ALGORITHMS } from "#lib/crypto/algorithms.ts";
import { toAsciiHostName } from "#lib/crypto/dns-name.ts";
import { createManagedCertificate } from "#lib/crypto/managed-certificate.ts";
import { randomSerial } from "#lib/crypto/x509.ts";
import { testKeyPair } from "../support/keys.ts";
import { openWorkbench } from "../support/pairs.ts";

const run = promisify(execFile);
const NOW = new Date();
const COUNT = 200;
const bench = openWorkbench();
afterAll(() => bench.remove());

const PIECES = [
  "🔑",
  "👩‍👩‍👧",
  "🇨🇭",
  "شركة",
  "חברה",
  "株式会社",
  "Söhne",
  "e\u0301",
  '"',
  "'",
  ",",
  "+",
  "\\",
  "#",
  ";",
  "<",
  ">",
  "=",
  "/",
  "%",
  "&",
  "\\2C",
  "\\",
  "*",
  "$(x)",
  "`x`",
  "CN=evil",
  "O=a+CN=b",
  " ",
  "  ",
  "a",
  "Z9",
  "𝔘",
  "\u00A0",
  "\u200D",
  "ﷺ",
  "İ",
  "ß",
  "\uE000",
];

/** A seeded generator, so that a failing name can be made again. @see Park–Miller */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** 200 names that try to be something else than one common name, all of them taken by the form. */
function hostileNames(): string[] {
  const next = random(20_261_122);
  const names = [
    "#leading",
    "#",
    ",",
    "+",
    "\\",
    '"',
    "=",
    "a,b+c\\d#e",
    "x".repeat(64),
    "🔑".repeat(64),
    "CN=a,O=b",
    "a\\",
  ];
  while (names.length < COUNT) {
    const length = 1 + Math.floor(next() * 12);
    const pieces = Array.from({ length }, () => PIECES[Math.floor(next() * PIECES.length)] ?? "x");
    const name = [...pieces.join("").trim().normalize("NFC")].slice(0, 64).join("").trim();
    if (name !== "") names.push(name);
  }
  return names;
}

/** RFC 4514 text back to the value of its one attribute. */
function readEscaped(text: string): string {
  const octets: number[] = [];
  for (const [whole, pair, character] of text.matchAll(/\\([0-9A-Fa-f]{2})|\\?([\s\S])/gu)) {
    if (pair !== undefined) octets.push(Number.parseInt(pair, 16));
    else octets.push(...Buffer.from(character ?? whole));
  }
  return Buffer.from(octets).toString("utf8");
}

function lineOf(output: string, start: RegExp): string {
  return (
    output
      .split("\n")
      .find((line) => start.test(line))
      ?.replace(start, "") ?? ""
  );
}

describe(`C1: ${COUNT} certificates with hostile names (https://www.rfc-editor.org/rfc/rfc5280#section-4.1)`, () => {
  it("show the same subject and alternative names to openssl, GnuTLS and node, and verify strictly", async () => {
    const key = { material: testKeyPair("p256"), type: { algorithm: ALGORITHMS.ES256, rsaBits: null } };
    const domains = ["bücher.example", "*.例え.example", "xn--bcher-kva.example", "A-b.example", "a".repeat(63)];
    for (const [index, name] of hostileNames().entries()) {
      expect(generateCertificateSchema.safeParse({ name, common_name: name }).success, JSON.stringify(name)).toBe(true);
      const dnsNames = domains.slice(0, index % 6).map((domain) => toAsciiHostName(domain) ?? "");
      const made = await createManagedCertificate(
        { commonName: name, dnsNames, validUntil: new Date(NOW.getTime() + 86_400_000) },
        key,
        NOW,
      );
      const { certificatePem, subject, subjectAltNames, commonName } = made.facts;
      expect(commonName).toBe(name);
      expect(readEscaped(subject)).toBe(`CN=${name}`);
      expect(subjectAltNames).toEqual(dnsNames.map((domain) => `DNS:${domain}`));
      bench.write("one.pem", certificatePem);
      const file = `${bench.folder}/one.pem`;
      const options = ["-nameopt", "RFC2253,utf8,-esc_msb", "-subject", "-ext", "subjectAltName"];
      const [shown, verified, gnutls] = await Promise.all([
        run("openssl", ["x509", "-in", file, "-noout", ...options]),
        run("openssl", ["verify", "-x509_strict", "-check_ss_sig", "-trusted", file, "-partial_chain", file]),
        run("certtool", ["--certificate-info", "--infile", file]),
      ]);
      expect(verified.stdout).toContain(": OK");
      expect(readEscaped(lineOf(shown.stdout, /^subject=/))).toBe(`CN=${name}`);
      expect(readEscaped(lineOf(gnutls.stdout, /^\tSubject: /))).toBe(`CN=${name}`);
      const known = new X509Certificate(certificatePem);
      expect(known.toLegacyObject().subject.CN).toBe(name);
      expect(known.subjectAltName ?? "").toBe(subjectAltNames.join(", "));
      expect((shown.stdout.match(/DNS:[^,\s]+/g) ?? []).map(String)).toEqual(subjectAltNames);
      expect([...gnutls.stdout.matchAll(/DNSname: (\S+)/g)].map(([, dns]) => `DNS:${dns}`)).toEqual(subjectAltNames);
    }
  }, 180_000);

  it("C2: 10,000 serials do not repeat, are positive, and spread over their top bits", () => {
    const serials = Array.from({ length: 10_000 }, randomSerial);
    expect(new Set(serials).size).toBe(10_000);
    const tops = serials.map((serial) => Number.parseInt(serial.slice(0, 2), 16));
    expect(serials.every((serial) => serial.length === 32) && tops.every((top) => top > 0 && top < 128)).toBe(true);
    expect(new Set(tops).size).toBe(127);
    expect(
      Math.max(...tops.map((_top, index) => tops.filter((top) => top === tops[index]).length).slice(0, 50)),
    ).toBeLessThan(300);
  });
});

describe("DNS names", () => {
  it.each([
    ["sso.example.com", "sso.example.com"],
    ["SSO.Example.COM.", "sso.example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["*.bücher.example", "*.xn--bcher-kva.example"],
    ["日本。jp", "xn--wgv71a.jp"],
    ["faß.de", "xn--fa-hia.de"],
    ["localhost", "localhost"],
  ])("%s becomes %s", (text, ascii) => expect(toAsciiHostName(text)).toBe(ascii));

  it.each([
    "",
    ".",
    "a..b",
    "-a.example",
    "a-.example",
    "a_b.example",
    "192.0.2.1",
    "0x7f.1",
    "::1",
    "[::1]",
    "a b",
    "a/b",
    "a@b",
    "a%41.example",
    "*",
    "*.",
    "*.example",
    "a.*.example",
    "**.a.example",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(127)}toolong`,
    "xn--a",
    "xn--zzzzzzzz--.example",
    "a\u200Db.example",
    "example.com:443",
  ])("%j is none", (text) => expect(toAsciiHostName(text)).toBeNull());
});
