// When a certificate can be deleted (PRODUCT.md section 3), and the decision about it.
import { type Safety, safetyOf } from "../keys/safety.ts";

/** What a deletion would touch. */
export type DeletionFacts = {
  /** The applications that the certificate is assigned to. */
  assignees: readonly { protocol: "oidc" | "saml" }[];
  /** The end of the certificate: nothing was signed with it later. */
  notAfter: Date;
  /** Another live certificate shares the key pair, so that its tokens go on verifying. */
  hasTwin: boolean;
  /** No token signed with the pair expires later; null when it never signed. */
  signedUntil: Date | null;
  /** When an OIDC application last stopped using the pair; null while none ever did. */
  unassignedAt: Date | null;
  /** The longest life of an access token over all applications now. */
  maxTokenExpirySecs: number;
};

/** What the caller allows: to move the applications to the default, and to let outstanding tokens fail. */
export type DeletionRequest = { isReassigned: boolean; isForced: boolean };

/** What comes of a request to delete a certificate. */
export type DeletionDecision = { outcome: "delete" | "in_use" | "not_safe"; safety: Safety };

/** Decides about a deletion. */
export function decideDeletion(facts: DeletionFacts, request: DeletionRequest, now: Date): DeletionDecision {
  const safety = deletionSafetyOf(facts, now);
  if (facts.assignees.length > 0 && !request.isReassigned) return { outcome: "in_use", safety };
  return { outcome: safety.isSafe || request.isForced ? "delete" : "not_safe", safety };
}

/**
 * Until when a token may need the key: the last use plus the longest token expiry, or the last expiry ever signed,
 * whichever is later. A pair that never signed needs no wait, because its horizon is stored before its first signature.
 */
function deletionSafetyOf(facts: DeletionFacts, now: Date): Safety {
  const { signedUntil, maxTokenExpirySecs } = facts;
  if (facts.hasTwin || signedUntil === null) return { safeAt: now, isSafe: true, secondsUntilSafe: 0 };
  const isUsedForTokens = facts.assignees.some(({ protocol }) => protocol === "oidc");
  const lastUsedAt = isUsedForTokens ? lastUseOf(facts, now) : facts.unassignedAt;
  if (lastUsedAt === null) return safetyOf({ rotatedAt: new Date(0), signedUntil }, 0, now);
  return safetyOf({ rotatedAt: lastUsedAt, signedUntil }, maxTokenExpirySecs, now);
}

/** The last moment up to now at which a certificate could sign. */
export function lastUseOf({ notAfter }: { notAfter: Date }, now: Date): Date {
  return now < notAfter ? now : notAfter;
}
