import "server-only";
// Hashes and verifies passwords with scrypt, a few at a time, because each takes 128 MiB while it runs.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { AppError } from "../errors.ts";

/** OWASP Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1. */
const COST = { ln: 17, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MAXIMUM_RUNNING = 2;
const MAXIMUM_WAITING = 64;
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

type Stored = { ln: number; r: number; p: number; salt: Buffer; hash: Buffer };

/**
 * Turns a password into the string that is stored: `$scrypt$ln=…,r=…,p=…$salt$hash` (base64url).
 * @throws auth.throttled when too many passwords wait to be hashed
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, { ...COST, salt });
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

/**
 * True when the password is the stored one. Null (no such account) takes as long as a wrong password.
 * @throws auth.throttled when too many passwords wait to be verified
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = stored === null ? null : parseStored(stored);
  const expected = parsed ?? { ...COST, salt: Buffer.alloc(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES) };
  const hash = await derive(password, expected);
  return timingSafeEqual(hash, expected.hash) && parsed !== null;
}

/** True when the stored string was made with other costs than today's, so that it should be made anew at the next sign-in. */
export function isPasswordHashOutdated(stored: string): boolean {
  const parsed = parseStored(stored);
  return parsed === null || parsed.ln !== COST.ln || parsed.r !== COST.r || parsed.p !== COST.p;
}

function parseStored(stored: string): Stored | null {
  const [, ln, r, p, salt, hash] = STORED.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) return null;
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64url"),
    hash: Buffer.from(hash, "base64url"),
  };
}

async function derive(password: string, { ln, r, p, salt }: Omit<Stored, "hash">): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 * 128 * 2 ** ln * r };
  return inTurn(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        // NFKC, so that the same password typed on another keyboard gives the same bytes.
        scrypt(password.normalize("NFKC"), salt, HASH_BYTES, options, (error, hash) =>
          error ? reject(error) : resolve(hash),
        );
      }),
  );
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MAXIMUM_RUNNING) {
    if (waiting.length >= MAXIMUM_WAITING) {
      throw new AppError("auth.throttled", "Too many people are signing in at the moment; try again shortly.", {
        details: { retry_after: 5 },
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
