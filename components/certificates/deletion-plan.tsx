// What a deletion touches: the applications that have to move first, and the private key.
"use client";

import { CircleCheck } from "lucide-react";
import type { ReactElement } from "react";
import { UsedByList } from "#components/certificates/used-by-list.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { CertificateDeletionView } from "#lib/certificates/deletion-view.ts";

type DeletionPlanProps = {
  impact: CertificateDeletionView;
  applicationsHref: string;
  isMoved: boolean;
  onMovedChange: (isMoved: boolean) => void;
};

/** The applications with the box that moves them all, or one reassuring line. */
export function DeletionPlan({ impact, applicationsHref, isMoved, onMovedChange }: DeletionPlanProps): ReactElement {
  const { applications } = impact;
  const fate = impact.private_key_destroyed
    ? "The private key is destroyed."
    : "The private key stays, because another certificate shares it.";
  if (applications.length === 0) {
    return (
      <p className="flex items-start gap-2 text-sm text-muted">
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-positive-text" aria-hidden="true" />
        {`No application uses it. ${fate}`}
      </p>
    );
  }
  const hasSaml = applications.some(({ protocol }) => protocol === "saml");
  const isOne = applications.length === 1;
  return (
    <>
      <Notice
        tone="warning"
        title={`${formatCount(applications.length, "application")} ${isOne ? "signs" : "sign"} with it`}
      >
        <p>
          {"Give "}
          {isOne ? "it" : "each"}
          {" another certificate on its page, or move "}
          {isOne ? "it" : "all"}
          {" to the organization's signing key now."}
        </p>
        {hasSaml ? (
          <p>A SAML service provider that pinned this certificate rejects every sign-in until it is reconfigured.</p>
        ) : null}
        <div className="border-t border-warning-line pt-2">
          <UsedByList applications={applications} applicationsHref={applicationsHref} />
        </div>
      </Notice>
      <Checkbox
        label={
          isOne
            ? "Move it to the organization's signing key"
            : `Move all ${applications.length} to the organization's signing key`
        }
        hint={fate}
        checked={isMoved}
        onCheckedChange={onMovedChange}
      />
    </>
  );
}
