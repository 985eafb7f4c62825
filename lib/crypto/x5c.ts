// A certificate with its chain as the members of a JWK that carry it.
import { sha256Base64url } from "./digest.ts";

/** A chain as DER in standard base64, the leaf first, and the thumbprint of the leaf in base64url. @see RFC 7517 sections 4.7 and 4.9 */
export type X509JwkMembers = { x5c: string[]; "x5t#S256": string };

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g;

/** The members for a leaf and the rest of its chain, both PEM as it is stored here: strict blocks and nothing between. */
export function toX509JwkMembers(certificatePem: string, chainPem: string): X509JwkMembers {
  const blocks = [...`${certificatePem}\n${chainPem}`.matchAll(BLOCK)];
  const x5c = blocks.map(([, body]) => Buffer.from(body ?? "", "base64").toString("base64"));
  return { x5c, "x5t#S256": sha256Base64url(Buffer.from(x5c[0] ?? "", "base64")) };
}
