// K5: what a generated key must be. https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.186-5.pdf, ROCA: CVE-2017-15361
import { checkPrimeSync, createPrivateKey } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { keyTypeOf } from "#lib/crypto/algorithms.ts";
import { generateKeyPair } from "#lib/crypto/key-pair.ts";

const COUNT = 50;
const LARGER = [3072, 3072, 4096, 4096];
const FERMAT_STEPS = 1000;
/** Keys of ROCA have moduli that are powers of 65537 modulo every small prime. */
const SMALL_PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

type RsaNumbers = { bits: number; n: bigint; e: bigint; p: bigint; q: bigint };

const toBigInt = (member: string | undefined): bigint =>
  BigInt(`0x${Buffer.from(member ?? "", "base64url").toString("hex")}`);

async function makeRsa(bits: number): Promise<RsaNumbers> {
  const { privateKeyDer } = await generateKeyPair(keyTypeOf("RS256", bits));
  const { n, e, p, q } = createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" }).export({
    format: "jwk",
  });
  return { bits, n: toBigInt(n), e: toBigInt(e), p: toBigInt(p), q: toBigInt(q) };
}

function gcd(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}

/** The largest number whose square is at most n. */
function squareRoot(n: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const better = (guess + n / guess) >> 1n;
    if (better >= guess) return guess;
    guess = better;
  }
}

/** A factor found in so many steps, or null. */
function factorByFermat(n: bigint, steps: number): bigint | null {
  let a = squareRoot(n);
  if (a * a < n) a += 1n;
  for (let step = 0; step < steps; step += 1, a += 1n) {
    const rest = a * a - n;
    const b = squareRoot(rest);
    if (b * b === rest) return a - b;
  }
  return null;
}

function isRoca(n: bigint): boolean {
  return SMALL_PRIMES.every((prime) => {
    const powers = new Set<number>();
    for (let power = 1; !powers.has(power); power = (power * 65_537) % prime) powers.add(power);
    return powers.has(Number(n % BigInt(prime)));
  });
}

describe(`K5, J25, U6: ${COUNT} generated RSA keys, and some larger ones`, () => {
  let keys: RsaNumbers[];
  beforeAll(async () => {
    const bits = [...Array.from({ length: COUNT }, () => 2048), ...LARGER];
    keys = await Promise.all(bits.map(makeRsa));
  }, 180_000);

  it("have exactly the bits that were asked for, the exponent 65537, and two different primes", () => {
    for (const { bits, n, e, p, q } of keys) {
      expect(n.toString(2)).toHaveLength(bits);
      expect(e).toBe(65_537n);
      expect(p * q).toBe(n);
      expect([p, q].map((prime) => prime.toString(2).length)).toEqual([bits / 2, bits / 2]);
      expect(checkPrimeSync(p) && checkPrimeSync(q)).toBe(true);
      expect(gcd((p - 1n) * (q - 1n), e)).toBe(1n);
    }
  }, 60_000);

  it("share no prime with one another", () => {
    const moduli = keys.map(({ n }) => n);
    const shared = moduli.flatMap((n, index) => moduli.slice(0, index).filter((other) => gcd(n, other) !== 1n));
    expect(shared).toEqual([]);
    expect(new Set(keys.flatMap(({ p, q }) => [p, q])).size).toBe(2 * keys.length);
  }, 60_000);

  it("have primes that differ within their first 100 bits, and Fermat's method finds nothing", () => {
    for (const { bits, p, q } of keys) {
      const distance = p > q ? p - q : q - p;
      expect(distance > 1n << BigInt(bits / 2 - 100)).toBe(true);
    }
    for (const { n } of keys.slice(0, 10)) expect(factorByFermat(n, FERMAT_STEPS)).toBeNull();
  }, 60_000);

  it("are not of the weak kind of ROCA", () => {
    expect(keys.filter(({ n }) => isRoca(n))).toEqual([]);
  });

  it("and these checks find what they look for", () => {
    const [first] = keys;
    const { p = 0n, n = 0n } = first ?? {};
    let neighbour = p + 2n;
    while (!checkPrimeSync(neighbour)) neighbour += 2n;
    expect(factorByFermat(p * neighbour, FERMAT_STEPS)).not.toBeNull();
    expect(gcd(n, p * neighbour)).toBe(p);
    expect(isRoca(65_537n ** 40n)).toBe(true);
  }, 60_000);
});

describe("K5: generated EC keys", () => {
  it.each([
    ["ES256", 32],
    ["ES384", 48],
    ["ES512", 66],
  ])("%s: 50 private numbers are all different and fill the size of the curve", async (name, bytes) => {
    const numbers: bigint[] = [];
    for (let index = 0; index < COUNT; index += 1) {
      const { privateKeyDer } = await generateKeyPair(keyTypeOf(name));
      const { d } = createPrivateKey({ key: privateKeyDer, format: "der", type: "pkcs8" }).export({ format: "jwk" });
      expect(Buffer.from(d ?? "", "base64url")).toHaveLength(bytes);
      numbers.push(toBigInt(d));
    }
    expect(new Set(numbers).size).toBe(COUNT);
    const longest = Math.max(...numbers.map((number) => number.toString(2).length));
    expect(longest).toBeGreaterThan(name === "ES512" ? 515 : bytes * 8 - 6);
  });
});
