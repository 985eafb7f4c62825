// Shows how long a certificate is still good for: from 30 days before its end on in amber, from 7 days on in red, filled when it has expired.
import { CircleAlert, Clock, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { CertificateSummaryView } from "#lib/certificates/view.ts";

type ExpiryBadgeProps = Pick<CertificateSummaryView, "expiry_state"> & {
  /** Whole days; where they are not known the badge says no number. */
  days_left?: number;
};

const faces = {
  expiring: { tone: "warning", Icon: Clock, className: "", text: "Expires within 30 days" },
  urgent: { tone: "danger", Icon: TriangleAlert, className: "", text: "Expires within 7 days" },
  expired: { tone: "danger", Icon: CircleAlert, className: "border-transparent bg-danger text-white", text: "Expired" },
} as const;

/** The badge; nothing while there is time. */
export function ExpiryBadge({ expiry_state: state, days_left: days }: ExpiryBadgeProps): ReactElement | null {
  if (state === "ok") return null;
  const { tone, Icon, className, text } = faces[state];
  return (
    <Badge tone={tone} className={className} icon={<Icon aria-hidden="true" />}>
      {state === "expired" || days === undefined ? text : expiresIn(days)}
    </Badge>
  );
}

function expiresIn(days: number): string {
  if (days < 1) return "Expires within a day";
  return days === 1 ? "Expires in 1 day" : `Expires in ${days} days`;
}
