// What an administrator should look at: derived from the status of the signing keys, most pressing first.
import { formatCount } from "#components/ui/format-count.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

/** One thing to look at; `href` is relative to the portal of the organization. */
export type AttentionItem = {
  key: string;
  tone: "warning" | "info" | "positive";
  title: string;
  text: string;
  href: string;
  linkText: string;
};

const dayInMilliseconds = 86_400_000;
const oldKeyInDays = 180;
const certificateWarningInDays = 30;

/** What needs attention, from nothing but the status and the number of applications. */
export function findAttention(status: SigningKeyStatusView, applicationCount: number): AttentionItem[] {
  return [
    ...certificateItem(status),
    ...samlItem(status),
    ...ageItem(status),
    ...safeKeysItem(status),
    ...applicationsItem(applicationCount),
  ];
}

function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / dayInMilliseconds);
}

function certificateItem({ current_key: key, server_time: now }: SigningKeyStatusView): AttentionItem[] {
  const days = daysBetween(now, key.certificate_expires_at);
  if (days > certificateWarningInDays) return [];
  return [
    {
      key: "certificate",
      tone: "warning",
      title: days < 0 ? "The default SAML certificate has expired" : "The default SAML certificate expires soon",
      text: "A rotation makes a new one over the key that then signs.",
      href: "/signing-keys",
      linkText: "Signing key",
    },
  ];
}

function samlItem({ saml_applications: applications }: SigningKeyStatusView): AttentionItem[] {
  if (applications.length === 0) return [];
  const names = applications
    .slice(0, 3)
    .map((application) => application.name)
    .join(", ");
  const more = applications.length > 3 ? ` and ${applications.length - 3} more` : "";
  return [
    {
      key: "saml",
      tone: "warning",
      title: `${formatCount(applications.length, "SAML application")} will have to be reconfigured at the next rotation`,
      text: `${names}${more}: the default certificate changes with the signing key.`,
      href: "/signing-keys",
      linkText: "What a rotation does",
    },
  ];
}

function ageItem({ current_key: key, server_time: now }: SigningKeyStatusView): AttentionItem[] {
  const days = daysBetween(key.activated_at, now);
  if (days < oldKeyInDays) return [];
  return [
    {
      key: "age",
      tone: "info",
      title: `The current key has been signing for ${days} days`,
      text: "Rotating regularly keeps you ready for the day when you have to.",
      href: "/signing-keys",
      linkText: "Rotate",
    },
  ];
}

function safeKeysItem({ prev_keys: keys }: SigningKeyStatusView): AttentionItem[] {
  const count = keys.filter((key) => key.safe_to_drop).length;
  if (count === 0) return [];
  return [
    {
      key: "safe",
      tone: "positive",
      title: `${formatCount(count, "previous key")} can be dropped`,
      text: "No token that is still valid was signed with it, so nobody would notice.",
      href: "/signing-keys",
      linkText: "Review",
    },
  ];
}

function applicationsItem(count: number): AttentionItem[] {
  if (count > 0) return [];
  return [
    {
      key: "applications",
      tone: "info",
      title: "No application is registered yet",
      text: "An application gets tokens that the signing key signs.",
      href: "/applications",
      linkText: "Applications",
    },
  ];
}
