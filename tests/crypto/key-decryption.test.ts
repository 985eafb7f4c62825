// https://www.rfc-editor.org/rfc/rfc8018 and https://www.rfc-editor.org/rfc/rfc7914: keys that openssl has encrypted.
import { afterAll, describe, expect, it } from "vitest";
import { EC, openWorkbench, uploadTools } from "../support/pairs.ts";
import { fastestOfFive } from "../support/timing.ts";

const bench = openWorkbench();
const { makePair, pasted, codeOf } = uploadTools(bench, new Date());
makePair("ec", EC);
afterAll(() => bench.remove());

/** The key, encrypted with the passphrase sesame (or another) by these words of `openssl pkcs8`. */
function encrypt(words: string[], passphrase = "sesame"): void {
  const given = ["-topk8", "-in", "ec.key", "-passout", `pass:${passphrase}`, "-out", "locked.key"];
  bench.run("pkcs8", ...given, ...words);
}

const outcome = (passphrase: string): Promise<string> => codeOf(pasted("locked.key", "ec.crt", passphrase));

describe("encrypted private keys", () => {
  const ciphers = ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des-ede3-cbc", "camellia-256-cbc", "aria-128-cbc"];
  const hashes = ["hmacWithSHA1", "hmacWithSHA224", "hmacWithSHA256", "hmacWithSHA384", "hmacWithSHA512"];

  it.each([
    ...ciphers.map((cipher) => ["-v2", cipher]),
    ...hashes.map((hash) => ["-v2", "aes256", "-v2prf", hash]),
    ["-v2", "aes256", "-iter", "1"],
    ["-scrypt"],
    ["-scrypt", "-v2", "aes-128-cbc"],
    ["-scrypt", "-scrypt_N", "1024", "-scrypt_r", "4", "-scrypt_p", "2"],
    ["-v1", "PBE-SHA1-3DES"],
    ["-v1", "PBE-SHA1-3DES", "-iter", "100000"],
  ])("openssl pkcs8 %s %s %s %s: opens with its passphrase and with no other", async (...words: string[]) => {
    encrypt(words.filter((word) => word !== undefined));
    expect(await outcome("sesame")).toBe("accepted ecdsa-p256");
    expect(await outcome("Sesame")).toBe("certificate.passphrase_wrong");
    expect(await outcome("")).toBe("certificate.key_encrypted");
  });

  it("a passphrase is UTF-8, whatever characters it has", async () => {
    for (const passphrase of ["пароль", "密码 🔑", "x".repeat(1000), '":\\']) {
      encrypt([], passphrase);
      expect(await outcome(passphrase)).toBe("accepted ecdsa-p256");
      expect(await outcome(`${passphrase} `)).toBe("certificate.passphrase_wrong");
    }
  });

  it.each([
    ["PBES2 with AES", () => encrypt(["-iter", "1"])],
    ["PBES2 with a cipher of OpenSSL alone", () => encrypt(["-v2", "camellia-256-cbc", "-iter", "1"])],
    ["PBES1", () => encrypt(["-v1", "PBE-SHA1-3DES", "-iter", "1"])],
    [
      "the legacy way",
      () => bench.run("ec", "-in", "ec.key", "-aes128", "-passout", "pass:sesame", "-out", "locked.key"),
    ],
  ])("%s: 1,500 wrong passphrases all are wrong, also where the padding happens to fit", async (_title, lock) => {
    lock();
    const outcomes = new Set<string>();
    for (let index = 0; index < 1500; index += 1) outcomes.add(await outcome(`wrong ${index}`));
    expect([...outcomes]).toEqual(["certificate.passphrase_wrong"]);
  });

  it("more rounds than are allowed are refused: a million on the thread pool, a hundred thousand for what runs on the event loop", async () => {
    encrypt(["-v2", "camellia256", "-iter", "100000"]);
    const opening = await fastestOfFive(async () => expect(await outcome("sesame")).toBe("accepted ecdsa-p256"));
    for (const words of [
      ["-v2", "aes256", "-iter", "1000001"],
      ["-v2", "camellia256", "-iter", "100001"],
      ["-v1", "PBE-SHA1-3DES", "-iter", "100001"],
    ]) {
      encrypt(words);
      const refusing = await fastestOfFive(async () =>
        expect(await outcome("sesame"), words.join(" ")).toBe("certificate.key_invalid"),
      );
      expect(refusing, "nothing is hashed").toBeLessThan(opening / 2);
    }
  });

  it("a million rounds leave the event loop to others", async () => {
    encrypt(["-v2", "aes256", "-v2prf", "hmacWithSHA512", "-iter", "1000000"]);
    let longest = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const startedAt = performance.now();
    expect(await outcome("sesame")).toBe("accepted ecdsa-p256");
    const took = performance.now() - startedAt;
    clearInterval(ticking);
    expect(took).toBeGreaterThan(200);
    expect(longest).toBeLessThan(took / 2);
  });
});
