// Pairs as the company's PKI would issue them, for journeys that upload.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { ALGORITHMS } from "#lib/crypto/algorithms.ts";
import { createSelfSignedCertificate } from "#lib/crypto/x509.ts";

/** A private key and its certificate, PEM. */
export type Pair = { privateKey: string; certificate: string };

/** A P-384 pair of a year, made by openssl; with a passphrase the key is encrypted. */
export function makePair({ name, passphrase }: { name: string; passphrase?: string }): Pair {
  const folder = mkdtempSync(join(tmpdir(), "signet-pair-"));
  const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-sha384", "-days", "365"];
  const protection = passphrase === undefined ? ["-nodes"] : ["-passout", `pass:${passphrase}`];
  const names = ["-subj", `/O=Example/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  execFileSync("openssl", [...words, ...protection, ...names, "-keyout", keyFile, "-out", certificateFile], {
    stdio: "ignore",
  });
  const pair = { privateKey: readFileSync(keyFile, "utf8"), certificate: readFileSync(certificateFile, "utf8") };
  rmSync(folder, { recursive: true });
  return pair;
}

/** A P-256 pair that ends at a moment, which openssl's days are too long for. */
export async function makePairUntil(name: string, validUntil: Date): Promise<Pair> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const material = {
    privateKeyDer: privateKey.export({ type: "pkcs8", format: "der" }),
    publicKeyDer: publicKey.export({ type: "spki", format: "der" }),
  };
  const keys = { material, algorithm: ALGORITHMS.ES256 };
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: await createSelfSignedCertificate({ commonName: name, validUntil }, keys, new Date()),
  };
}

/** Fills the upload form by paste and asks for the preview. */
export async function fillUpload(
  page: Page,
  { name, privateKey, certificate }: Pair & { name: string },
): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Private key").fill(privateKey);
  await page.getByLabel("Certificate and chain").fill(certificate);
  await page.getByRole("button", { name: "Preview" }).click();
}
