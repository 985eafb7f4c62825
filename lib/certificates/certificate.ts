// What a managed certificate is, and the pure rules about its expiry.
import type { CertificateFacts } from "../crypto/certificate-facts.ts";

/** Where a certificate came from. */
export const CERTIFICATE_SOURCES = ["generated", "uploaded"] as const;
/** One of {@link CERTIFICATE_SOURCES}. */
export type CertificateSource = (typeof CERTIFICATE_SOURCES)[number];

/** How near the end of a certificate is: within 30 days, within 7 days, or past. */
export type ExpiryState = "ok" | "expiring" | "urgent" | "expired";

/** A managed certificate with its bytes; never its private half. */
export type Certificate = CertificateFacts & {
  id: string;
  organizationId: string;
  name: string;
  source: CertificateSource;
  keyPairId: string;
  createdAt: Date;
  /** The name of the person or program. */
  createdBy: string;
  deletedAt: Date | null;
  renewedFromId: string | null;
  /** No token signed with its key pair expires later; null when it never signed. */
  signedUntil: Date | null;
};

/** What a list shows of it. */
export type CertificateSummary = Omit<Certificate, "certificatePem" | "chainPem">;

/** What the audit log is told of the end of a certificate, in this order: 30 days left, 7 days left, past. */
export const EXPIRY_STAGES = ["expiring", "urgent", "expired"] as const;
/** One of {@link EXPIRY_STAGES}. */
export type ExpiryStage = (typeof EXPIRY_STAGES)[number];

const DAY_MILLISECONDS = 86_400_000;
/** Days before the end from which on a certificate counts as expiring. */
export const EXPIRING_DAYS = 30;
/** Days before the end from which on it is urgent. */
export const URGENT_DAYS = 7;

/** Whole days until the end; negative once it is past. */
export function daysLeft(notAfter: Date, now: Date): number {
  return Math.floor((notAfter.getTime() - now.getTime()) / DAY_MILLISECONDS);
}

/** How near the end is. */
export function expiryStateOf(notAfter: Date, now: Date): ExpiryState {
  const left = notAfter.getTime() - now.getTime();
  if (left <= 0) return "expired";
  if (left <= URGENT_DAYS * DAY_MILLISECONDS) return "urgent";
  return left <= EXPIRING_DAYS * DAY_MILLISECONDS ? "expiring" : "ok";
}

/** The end of a certificate that has come to a stage by now lies after `after` and not after `until`. */
export function endsAtStage(stage: ExpiryStage, now: Date): { after: Date; until: Date } {
  switch (stage) {
    case "expiring":
      return { after: daysAfter(now, URGENT_DAYS), until: daysAfter(now, EXPIRING_DAYS) };
    case "urgent":
      return { after: now, until: daysAfter(now, URGENT_DAYS) };
    case "expired":
      return { after: new Date(0), until: now };
  }
}

/** The moment up to which a certificate ends soon, seen from now. */
export function expiringUntil(now: Date): Date {
  return new Date(now.getTime() + EXPIRING_DAYS * DAY_MILLISECONDS);
}

/** The moment some whole days later. */
export function daysAfter(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MILLISECONDS);
}

/** True when a certificate can sign at this moment. */
export function isWithinValidity({ notBefore, notAfter }: { notBefore: Date; notAfter: Date }, now: Date): boolean {
  return notBefore.getTime() <= now.getTime() && now.getTime() < notAfter.getTime();
}
