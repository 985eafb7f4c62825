// Password hashes as an older release with smaller costs would have stored them: quick to verify, and due for renewal.
import { scryptSync } from "node:crypto";

/** The stored form of a password with N = 2^10. */
export function cheapPasswordHash(password: string): string {
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync(password, salt, 32, { N: 2 ** 10, r: 8, p: 1 });
  return `$scrypt$ln=10,r=8,p=1$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}
