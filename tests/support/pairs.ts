// Makes private keys and certificates with openssl, as somebody's PKI would, for tests of uploads.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type PastedPair, readUploadedPair } from "#lib/crypto/uploaded-pair.ts";

const run = promisify(execFile);

/** The body of an upload: a new EC key with a self-signed certificate of a year. */
export async function newPair(name = "Row", curve = "P-256"): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "signet-pair-"));
  try {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const kind = ["-newkey", "ec", "-pkeyopt", `ec_paramgen_curve:${curve}`, "-nodes"];
    await run("openssl", [
      "req",
      "-x509",
      ...kind,
      "-keyout",
      key,
      "-out",
      certificate,
      "-days",
      "365",
      "-subj",
      "/CN=pair",
    ]);
    return { name, private_key_pem: readFileSync(key, "utf8"), certificate_pem: readFileSync(certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder in which openssl works; `run` gives its standard output, `write` and `read` go to files in it. */
export type Workbench = {
  folder: string;
  run: (...words: string[]) => string;
  write: (file: string, content: string) => void;
  read: (file: string) => string;
  remove: () => void;
};

/** Opens a folder for openssl. */
export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), "signet-openssl-"));
  return {
    folder,
    run: (...words) =>
      execFileSync("openssl", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
    write: (file, content) => writeFileSync(join(folder, file), content),
    read: (file) => readFileSync(join(folder, file), "latin1"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What `openssl genpkey` is told for an EC key that is accepted. */
export const EC = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
/** The same for RSA. */
export const RSA = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];

/** Makes pairs in a workbench, and tells what becomes of them as uploads. */
export function uploadTools(
  bench: Workbench,
  now: Date,
): {
  makePair: (name: string, key: string[]) => void;
  pasted: (key: string, certificate: string, passphrase?: string) => PastedPair;
  codeOf: (pair: PastedPair) => Promise<string>;
} {
  return {
    makePair: (name, key) => {
      bench.run("genpkey", ...key, "-out", `${name}.key`);
      bench.run("req", "-x509", "-key", `${name}.key`, "-out", `${name}.crt`, "-subj", `/CN=${name}`);
    },
    pasted: (key, certificate, passphrase) => ({
      privateKeyPem: bench.read(key),
      certificatePem: bench.read(certificate),
      passphrase,
    }),
    codeOf: (pair) =>
      readUploadedPair(pair, now).then(
        ({ facts }) => `accepted ${facts.algorithm}`,
        (error: { code?: string; message: string }) => error.code ?? error.message,
      ),
  };
}
