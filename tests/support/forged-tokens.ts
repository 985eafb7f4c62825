// Tokens as an attacker would make them, and genuine ones that an organization's own key signed, with anything in them.
import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Actor } from "#lib/auth/actor.ts";
import { database } from "#lib/db/client.ts";
import { getTokenSigner } from "#lib/keys/signing.ts";

/** Claims of a token; undefined leaves one out. */
export type Claims = Record<string, unknown>;

const STRANGER = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A compact token of a header, claims and signature of anybody's choice. */
export function assembleToken(header: unknown, claims: unknown, signature: Uint8Array | string): string {
  const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${segment(header)}.${segment(claims)}.${Buffer.from(signature).toString("base64url")}`;
}

/** A token that the organization's current key signed. */
export async function signAsOrganization(
  organizationId: string,
  claims: Claims & { exp: number },
  typ = "at+jwt",
): Promise<string> {
  return (await getTokenSigner(organizationId)).sign({ typ, claims });
}

/** A token that a key of the attacker signed, under a header of its choice. */
export function signAsStranger(header: Record<string, unknown>, claims: Claims): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "at+jwt", ...header }).sign(STRANGER.privateKey);
}

/** The public half of the attacker's key. */
export const STRANGER_JWK = STRANGER.publicKey.export({ format: "jwk" });

/** The organization's public key, used as the secret of an HMAC, in each of the forms that it is found in. */
export async function signWithPublicKey(organizationId: string, claims: Claims): Promise<string[]> {
  const { kid } = await getTokenSigner(organizationId);
  const { publicJwk } = await database().keyPair.findFirstOrThrow({ where: { organizationId, kid } });
  const key = createPublicKey({ key: JSON.parse(publicJwk), format: "jwk" });
  const pem = key.export({ type: "spki", format: "pem" });
  const secrets = [
    publicJwk,
    pem,
    key.export({ type: "spki", format: "der" }),
    key.export({ type: "pkcs1", format: "pem" }),
  ];
  const header = { alg: "HS256", typ: "at+jwt", kid };
  return secrets.map((secret) => {
    const unsigned = assembleToken(header, claims, "").slice(0, -1);
    return `${unsigned}.${createHmac("sha256", secret).update(unsigned).digest("base64url")}`;
  });
}

/** A person's session as storage has it, with a token of the current key that is valid for an hour. */
export async function insertTestSession(
  actor: Actor,
  applicationId: string,
  given: { id?: string; startedAt?: Date } = {},
): Promise<string> {
  const { organizationId, userId } = actor;
  const { id = randomUUID(), startedAt = new Date() } = given;
  const expiresAt = new Date(startedAt.getTime() + 3_600_000);
  const { keyPairId } = await getTokenSigner(organizationId);
  await database().session.create({
    data: {
      ...{ id, organizationId, applicationId, userId, subject: userId ?? "", scope: "openid profile email" },
      ...{ authenticatedAt: startedAt, startedAt, lastUsedAt: startedAt, expiresAt },
      keys: { create: { keyPairId, organizationId, expiresAt } },
    },
  });
  return id;
}
