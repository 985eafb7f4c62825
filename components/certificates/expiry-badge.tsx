// Shows how long a certificate is still good for: from 30 days before its end on in amber, from 7 days on in red, filled when it has expired.
import { CircleAlert, Clock, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { CertificateSummaryView } from "#lib/certificates/view.ts";

type ExpiryBadgeProps = Pick<CertificateSummaryView, "expiry_state" | "days_left">;

const faces = {
  expiring: { tone: "warning", Icon: Clock, className: "" },
  urgent: { tone: "danger", Icon: TriangleAlert, className: "" },
  expired: { tone: "danger", Icon: CircleAlert, className: "border-transparent bg-danger text-white" },
} as const;

/** The badge; nothing while there is time. */
export function ExpiryBadge({ expiry_state: state, days_left: days }: ExpiryBadgeProps): ReactElement | null {
  if (state === "ok") return null;
  const { tone, Icon, className } = faces[state];
  return (
    <Badge tone={tone} className={className} icon={<Icon aria-hidden="true" />}>
      {state === "expired" ? "Expired" : expiresIn(days)}
    </Badge>
  );
}

function expiresIn(days: number): string {
  if (days < 1) return "Expires today";
  return days === 1 ? "Expires in 1 day" : `Expires in ${days} days`;
}
