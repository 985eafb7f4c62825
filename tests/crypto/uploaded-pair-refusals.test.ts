import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readUploadedPair } from "#lib/crypto/uploaded-pair.ts";
import { EC, openWorkbench, RSA, uploadTools } from "../support/pairs.ts";
import { fastestOfFive } from "../support/timing.ts";

const NOW = new Date();
const bench = openWorkbench();
const { makePair, pasted, codeOf } = uploadTools(bench, NOW);
afterAll(() => bench.remove());

beforeAll(() => {
  makePair("ec", EC);
  makePair("rsa", RSA);
  makePair("other", EC);
});

describe("U1–U3: an upload is refused with its own code", () => {
  it.each([
    ["key_too_weak", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]],
    ["key_too_weak", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_pubexp:3"]],
    [
      "key_type_unsupported",
      ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_keygen_primes:3"],
    ],
    ["key_type_unsupported", ["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"]],
    ["key_type_unsupported", ["-algorithm", "ED25519"]],
    ["key_type_unsupported", ["-algorithm", "ED448"]],
    ["curve_unsupported", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-224"]],
    ["curve_unsupported", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"]],
    ["curve_unsupported", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1"]],
    ["curve_unsupported", [...EC, "-pkeyopt", "ec_param_enc:explicit"]],
  ])("certificate.%s: %s", async (code, kind) => {
    makePair("bad", kind);
    expect(await codeOf(pasted("bad.key", "bad.crt"))).toBe(`certificate.${code}`);
  });

  it("certificate.key_too_large: RSA over 8192 bits", async () => {
    // A modulus of this size takes minutes to make, and no primes to be too large.
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = privateKey.export({ format: "jwk" });
    const n = Buffer.alloc(1032, 0xff).toString("base64url");
    const large = createPrivateKey({ key: { ...jwk, n } as never, format: "jwk" });
    const privateKeyPem = large.export({ type: "pkcs8", format: "pem" }).toString();
    expect(await codeOf({ privateKeyPem, certificatePem: bench.read("rsa.crt"), passphrase: undefined })).toBe(
      "certificate.key_too_large",
    );
  });

  it.each([
    ["key_mismatch", "other.key", "ec.crt"],
    ["key_mismatch", "rsa.key", "ec.crt"],
  ])("certificate.%s: %s with %s", async (code, key, certificate) => {
    expect(await codeOf(pasted(key, certificate))).toBe(`certificate.${code}`);
  });

  it("certificate.expired and certificate.signature_unsupported", async () => {
    bench.run("req", "-x509", "-key", "ec.key", "-out", "old.crt", "-subj", "/CN=old", "-days", "1");
    const later = new Date(NOW.getTime() + 2 * 86_400_000);
    await expect(readUploadedPair(pasted("ec.key", "old.crt"), later)).rejects.toMatchObject({
      code: "certificate.expired",
    });
    bench.run("req", "-x509", "-key", "rsa.key", "-out", "md5.crt", "-subj", "/CN=md5", "-md5");
    expect(await codeOf(pasted("rsa.key", "md5.crt"))).toBe("certificate.signature_unsupported");
  });

  it.each([
    ["serial_invalid", ["-set_serial", `0x${"7f".repeat(21)}`]],
    ["extension_invalid", ["-addext", "1.2.3.4.5=critical,DER:0500"]],
    ["extension_invalid", ["-addext", "2.5.29.37=DER:3000"]],
  ])("certificate.%s: %j", async (code, options) => {
    bench.run("req", "-x509", "-key", "ec.key", "-out", "broken.crt", "-subj", "/CN=broken", ...options);
    expect(await codeOf(pasted("ec.key", "broken.crt"))).toBe(`certificate.${code}`);
  });

  it("certificate.extension_invalid: an extension that stands there twice", async () => {
    await import("reflect-metadata");
    const x509 = await import("@peculiar/x509");
    const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    const twice = [1, 2].map((octet) => new x509.Extension("1.2.3.4.5", false, new Uint8Array([4, 1, octet])));
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: "CN=twice",
      keys,
      extensions: twice,
    });
    const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
    const privateKeyPem = `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----`;
    const certificatePem = certificate.toString("pem");
    expect(await codeOf({ privateKeyPem, certificatePem, passphrase: undefined })).toBe(
      "certificate.extension_invalid",
    );
  });

  it("certificate.chain_too_long: more than ten certificates", async () => {
    const many = Array.from({ length: 10 }, (_, index) => {
      bench.run("req", "-x509", "-key", "ec.key", "-out", "more.crt", "-subj", `/CN=${index}`);
      return bench.read("more.crt");
    });
    const certificatePem = [bench.read("ec.crt"), ...many].join("");
    expect(await codeOf({ ...pasted("ec.key", "ec.crt"), certificatePem })).toBe("certificate.chain_too_long");
  });

  it("certificate.pem_invalid: nothing, text, a block that does not end, another kind of block, two keys, a wrong label", async () => {
    const [key, certificate] = [bench.read("ec.key"), bench.read("ec.crt")];
    bench.run("rsa", "-in", "rsa.key", "-traditional", "-out", "rsa.pkcs1");
    const shapes: [string, string][] = [
      ["", certificate],
      [key, ""],
      ["hello", "world"],
      [key.slice(0, -30), certificate],
      [key, certificate.replace("END CERTIFICATE", "END SOMETHING")],
      [key, certificate.replaceAll("CERTIFICATE", "CERTIFICATE REQUEST")],
      [key + bench.read("other.key"), certificate],
      [key, certificate.replace("MII", "M\u00e9I")],
      [key, `-----BEGIN CERTIFICATE-----\n${"A".repeat(64)}\n-----END CERTIFICATE-----\n`],
      [bench.read("rsa.pkcs1").replaceAll("RSA PRIVATE", "PRIVATE"), bench.read("rsa.crt")],
    ];
    for (const [privateKeyPem, certificatePem] of shapes) {
      expect(await codeOf({ privateKeyPem, certificatePem, passphrase: undefined }), privateKeyPem.slice(0, 40)).toBe(
        "certificate.pem_invalid",
      );
    }
  });

  it("certificate.key_invalid: a damaged key, and one whose passphrase would take minutes to try", async () => {
    const damaged = Buffer.from(bench.read("ec.key").split("\n").slice(1, -2).join(""), "base64");
    damaged.fill(0, 36, 68);
    const pem = `-----BEGIN PRIVATE KEY-----\n${damaged.toString("base64")}\n-----END PRIVATE KEY-----\n`;
    expect(await codeOf({ ...pasted("ec.key", "ec.crt"), privateKeyPem: pem })).toMatch(
      /^certificate\.key_(invalid|mismatch)$/,
    );
    bench.run("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:sesame", "-iter", "2048", "-out", "slow.key");
    const lines = bench.read("slow.key").split("\n");
    const der = Buffer.from(lines.slice(1, -2).join(""), "base64");
    const at = der.indexOf(Buffer.from("02020800", "hex"));
    expect(at).toBeGreaterThan(0);
    // The same structure with an iteration count of 32,767 is fine; one that needs more octets changes all lengths.
    der.writeUInt16BE(0x7fff, at + 2);
    const slower = `${lines[0]}\n${der.toString("base64")}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
    expect(await codeOf({ ...pasted("ec.key", "ec.crt", "sesame"), privateKeyPem: slower })).toBe(
      "certificate.passphrase_wrong",
    );
    bench.run("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:sesame", "-iter", "1000001", "-out", "slow.key");
    expect(await codeOf(pasted("slow.key", "ec.crt", "sesame"))).toBe("certificate.key_invalid");
  });

  it("certificate.too_large: more than 64 kB in a field, before anything is parsed", async () => {
    const large = `${bench.read("ec.crt")}${" ".repeat(64 * 1024)}`;
    expect(await codeOf({ ...pasted("ec.key", "ec.crt"), certificatePem: large })).toBe("certificate.too_large");
    expect(await codeOf({ ...pasted("ec.key", "ec.crt"), privateKeyPem: large })).toBe("certificate.too_large");
    expect(await codeOf(pasted("ec.key", "ec.crt", "x".repeat(1025)))).toBe("certificate.too_large");
  });

  it("names the field whose content has to change, and never repeats a key", async () => {
    const error = await readUploadedPair(pasted("other.key", "ec.crt"), NOW).catch((cause) => cause);
    expect(error.errors).toMatchObject([{ field: "private_key_pem", code: "certificate.key_mismatch" }]);
    const encrypted = await readUploadedPair({ ...pasted("ec.key", "ec.crt"), privateKeyPem: "x" }, NOW).catch(
      (cause) => cause,
    );
    expect(JSON.stringify([error.message, encrypted.message])).not.toContain("PRIVATE KEY-----");
  });

  it("U3: 20,000 BEGIN lines are answered at once", async () => {
    for (const line of ["-----BEGIN CERTIFICATE-----\n", "-----BEGIN \n", "-----BEGIN A-----\n-----END A-----\n"]) {
      const hostile = line.repeat(Math.floor(65_000 / line.length));
      const answering = await fastestOfFive(async () =>
        expect(await codeOf({ privateKeyPem: hostile, certificatePem: hostile, passphrase: "x" })).toBe(
          "certificate.pem_invalid",
        ),
      );
      expect(answering).toBeLessThan(100);
    }
  });
});
