import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readUploadedPair } from "#lib/crypto/uploaded-pair.ts";
import { EC, openWorkbench, RSA, uploadTools } from "../support/pairs.ts";

const NOW = new Date();
const bench = openWorkbench();
const { makePair, pasted, codeOf } = uploadTools(bench, NOW);
afterAll(() => bench.remove());

beforeAll(() => {
  makePair("ec", EC);
  makePair("rsa", RSA);
  makePair("other", EC);
});

describe("J26: an upload is accepted", () => {
  it.each([
    ["RSA in PKCS#8", "rsa.key", "rsa.crt", "rsa2048"],
    ["EC in PKCS#8", "ec.key", "ec.crt", "ecdsa-p256"],
  ])("%s", async (_title, key, certificate, algorithm) => {
    expect(await codeOf(pasted(key, certificate))).toBe(`accepted ${algorithm}`);
  });

  it("PKCS#1, SEC1, and encrypted in PKCS#8 and in the legacy way", async () => {
    bench.run("rsa", "-in", "rsa.key", "-traditional", "-out", "rsa.pkcs1");
    bench.run("ec", "-in", "ec.key", "-out", "ec.sec1");
    bench.run("ecparam", "-name", "prime256v1", "-out", "ec.params");
    bench.write("ec.sec1-params", bench.read("ec.params") + bench.read("ec.sec1"));
    bench.run("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:sesame", "-out", "ec.pkcs8-encrypted");
    bench.run("pkcs8", "-topk8", "-in", "ec.key", "-passout", "pass:sesame", "-scrypt", "-out", "ec.scrypt");
    bench.run("rsa", "-in", "rsa.key", "-traditional", "-aes128", "-passout", "pass:sesame", "-out", "rsa.legacy");
    expect(await codeOf(pasted("rsa.pkcs1", "rsa.crt"))).toBe("accepted rsa2048");
    expect(await codeOf(pasted("ec.sec1", "ec.crt"))).toBe("accepted ecdsa-p256");
    expect(await codeOf(pasted("ec.sec1-params", "ec.crt"))).toBe("accepted ecdsa-p256");
    expect(await codeOf(pasted("ec.pkcs8-encrypted", "ec.crt", "sesame"))).toBe("accepted ecdsa-p256");
    expect(await codeOf(pasted("ec.scrypt", "ec.crt", "sesame"))).toBe("accepted ecdsa-p256");
    expect(await codeOf(pasted("rsa.legacy", "rsa.crt", "sesame"))).toBe("accepted rsa2048");
    for (const file of ["ec.pkcs8-encrypted", "ec.scrypt", "rsa.legacy"]) {
      const certificate = file.startsWith("ec") ? "ec.crt" : "rsa.crt";
      expect(await codeOf(pasted(file, certificate))).toBe("certificate.key_encrypted");
      expect(await codeOf(pasted(file, certificate, "open"))).toBe("certificate.passphrase_wrong");
    }
  });

  it("with any line ends, stray spaces, attributes, text dumps, and both in one file", async () => {
    const [key, certificate] = [bench.read("ec.key"), bench.read("ec.crt")];
    const dump = bench.run("x509", "-in", "ec.crt", "-text");
    const attributes = "Bag Attributes\n    localKeyID: 01 02\nsubject=CN = ec\n";
    const shapes: [string, string][] = [
      [key.replaceAll("\n", "\r\n"), certificate.replaceAll("\n", "\r\n")],
      [key.replaceAll("\n", "\r"), certificate.replaceAll("\n", "\r")],
      [key.replaceAll("\n", "  \n\t "), `   ${certificate.replaceAll("\n", " \n  ")}`],
      [`\uFEFF${attributes}${key}`, `${attributes}${dump}\ntext after it`],
      [key + certificate, ""],
      ["", certificate + key],
      [key + certificate, key + certificate],
      [key.trim(), certificate.trim()],
    ];
    for (const [privateKeyPem, certificatePem] of shapes) {
      expect(await codeOf({ privateKeyPem, certificatePem, passphrase: undefined })).toBe("accepted ecdsa-p256");
    }
  });

  it("with a chain in any order, which comes out leaf first and issuer after issuer", async () => {
    const root = ["-subj", "/CN=Root", "-addext", "basicConstraints=critical,CA:TRUE"];
    bench.run(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "root.key",
      "-out",
      "root.crt",
      ...root,
    );
    const issue = (name: string, issuer: string, isAuthority: boolean): void => {
      bench.run(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        `${name}.key`,
        "-out",
        `${name}.csr`,
        "-subj",
        `/CN=${name}`,
      );
      bench.write(`${name}.ext`, `basicConstraints=critical,CA:${isAuthority ? "TRUE" : "FALSE"}\n`);
      bench.run(
        "x509",
        "-req",
        "-in",
        `${name}.csr`,
        "-CA",
        `${issuer}.crt`,
        "-CAkey",
        `${issuer}.key`,
        "-CAcreateserial",
        "-out",
        `${name}.crt`,
        "-days",
        "30",
        "-extfile",
        `${name}.ext`,
      );
    };
    issue("middle", "root", true);
    issue("leaf", "middle", false);
    const [leaf, middle, top] = ["leaf.crt", "middle.crt", "root.crt"].map((file) => bench.read(file));
    for (const certificatePem of [
      `${leaf}${middle}${top}`,
      `${top}${leaf}${middle}`,
      `${middle}${top}${leaf}${leaf}`,
    ]) {
      const pair = await readUploadedPair(
        { privateKeyPem: bench.read("leaf.key"), certificatePem, passphrase: undefined },
        NOW,
      );
      expect(pair.facts.subject).toBe("CN=leaf");
      expect(pair.chain.map(({ subject }) => subject)).toEqual(["CN=middle", "CN=Root"]);
      expect(`${pair.facts.certificatePem}${pair.facts.chainPem}`).toBe(`${leaf}${middle}${top}`);
    }
    const stranger = {
      privateKeyPem: bench.read("leaf.key"),
      certificatePem: `${leaf}${bench.read("other.crt")}`,
      passphrase: undefined,
    };
    expect(await codeOf(stranger)).toBe("certificate.chain_unrelated");
  });

  it.each([
    ["ca_true", ["-addext", "basicConstraints=critical,CA:TRUE"]],
    ["sha1_signature", ["-sha1", "-addext", "basicConstraints=CA:FALSE"]],
    ["serial_not_positive", ["-set_serial", "0"]],
    ["no_digital_signature", ["-addext", "keyUsage=keyEncipherment"]],
    ["bad_alternative_name", ["-addext", "subjectAltName=DNS:not a name"]],
  ])("with the warning %s where standards leave room", async (warning, options) => {
    bench.run("req", "-x509", "-key", "ec.key", "-out", "odd.crt", "-subj", "/CN=odd", ...options);
    const { facts } = await readUploadedPair(pasted("ec.key", "odd.crt"), NOW);
    expect(facts.warnings.map(({ code }) => code)).toContain(warning);
  });
});

describe("the facts", () => {
  it("are those that node reads", async () => {
    bench.run(
      "req",
      "-x509",
      "-key",
      "ec.key",
      "-out",
      "facts.crt",
      "-subj",
      "/C=CH/O=Acme, Inc./CN=ec\\+x",
      "-addext",
      "subjectAltName=DNS:a.example,IP:192.0.2.1,IP:2001:db8::1,email:a@b.example",
      "-addext",
      "keyUsage=digitalSignature,keyEncipherment",
    );
    const { facts } = await readUploadedPair(pasted("ec.key", "facts.crt"), NOW);
    const known = new X509Certificate(bench.read("facts.crt"));
    expect(facts.serial).toBe(known.serialNumber);
    expect([facts.fingerprintSha256, facts.fingerprintSha1]).toEqual([known.fingerprint256, known.fingerprint]);
    expect([facts.notBefore, facts.notAfter]).toEqual([new Date(known.validFrom), new Date(known.validTo)]);
    expect(facts.subject).toBe("CN=ec\\+x,O=Acme\\, Inc.,C=CH");
    expect(facts.commonName).toBe("ec+x");
    expect(facts.keyUsage).toEqual(["digitalSignature", "keyEncipherment"]);
    expect(facts.subjectAltNames).toEqual([
      "DNS:a.example",
      "IP:192.0.2.1",
      "IP:2001:db8:0:0:0:0:0:1",
      "EMAIL:a@b.example",
    ]);
  });
});
