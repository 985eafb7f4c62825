// A rotated-out key: when it was rotated, whether it is safe to drop, who still depends on it, and the menu with Drop.
"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { DependentApplications } from "#components/keys/dependent-applications.tsx";
import type { DropKeyRequest, KeyAction } from "#components/keys/key-action.ts";
import { KeyDropDialog } from "#components/keys/key-drop-dialog.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { shortKid } from "#components/keys/kid-parts.ts";
import { SafetyBadge } from "#components/keys/safety-badge.tsx";
import { ActionMenu } from "#components/ui/action-menu.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { PreviousKeyView } from "#lib/keys/view.ts";

type PreviousKeyCardProps = {
  previousKey: PreviousKeyView;
  /** The server's clock, `server_time` of the status. */
  now: string;
  applicationsHref: string;
  sessionsHref: string;
  canManage: boolean;
  dropAction: KeyAction<DropKeyRequest>;
  /** The element that takes the focus when the card is gone; it needs tabIndex -1. */
  focusAfterDropId?: string;
};

/** The card of one previous key; give it the kid as its key. */
export function PreviousKeyCard(props: PreviousKeyCardProps): ReactElement {
  const { previousKey: key, now, applicationsHref, sessionsHref, canManage, dropAction } = props;
  const { focusAfterDropId = "main" } = props;
  const dialog = useDialog();
  const router = useRouter();
  const [wasPending] = useState(!key.safe_to_drop);
  return (
    <article
      aria-label={`Previous key ${shortKid(key.kid)}`}
      className="rounded-lg border border-line bg-surface px-5 py-3 shadow-card"
    >
      <div className="flex items-start gap-3">
        <KeySeal kid={key.kid} state="previous" className="mt-0.5 size-9" />
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
          <div className="flex min-w-0 flex-1 basis-60 items-center gap-1">
            <Kid kid={key.kid} className="text-[0.8125rem]/4.5" />
            <CopyButton value={key.kid} label={`Copy the key ID ${shortKid(key.kid)}`} />
          </div>
          <SafetyBadge
            isSafe={key.safe_to_drop}
            secondsUntilSafe={key.seconds_until_safe}
            activeSessions={key.active_sessions}
            since={now}
            onDone={() => router.refresh()}
          />
        </div>
        {canManage ? (
          <ActionMenu label={`Actions for the previous key ${shortKid(key.kid)}`}>
            <MenuItem tone="danger" icon={<Trash2 aria-hidden="true" />} onSelect={dialog.show}>
              Drop
            </MenuItem>
          </ActionMenu>
        ) : null}
      </div>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3 sm:pl-12">
        <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs tabular-nums [&>div]:flex [&>div]:flex-wrap [&>div]:gap-x-1.5 [&_dt]:text-faint">
          <div>
            <dt>Rotated</dt>
            <dd>{formatInstant(key.rotated_at)}</dd>
            <dd className="text-muted">
              (<RelativeTime at={key.rotated_at} now={now} />)
            </dd>
          </div>
          <div>
            <dt>{key.safe_to_drop ? "Safe since" : "Safe from"}</dt>
            <dd>{formatInstant(key.safe_at, !key.safe_to_drop)}</dd>
          </div>
          <div>
            <dt>{key.safe_to_drop ? "Last token ended" : "Last token ends by"}</dt>
            <dd>
              {key.signed_until === null ? "never signed one" : formatInstant(key.signed_until, !key.safe_to_drop)}
            </dd>
          </div>
          <div>
            <dt>Algorithm</dt>
            <dd>{describeAlgorithm(key.algorithm, key.rsa_bits)}</dd>
          </div>
        </dl>
        <DependentApplications
          kid={key.kid}
          dependents={key}
          keyName="it"
          emptyText={describeNoDependents(key)}
          now={now}
          applicationsHref={applicationsHref}
          sessionsHref={sessionsHref}
        />
      </div>
      <p role="status" className="sr-only">
        {wasPending && key.safe_to_drop ? `Key ${shortKid(key.kid)} can be dropped now.` : ""}
      </p>
      {canManage ? (
        <KeyDropDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={dialog.setOpen}
          previousKey={key}
          now={now}
          dropAction={dropAction}
          focusAfterDropId={focusAfterDropId}
        />
      ) : null}
    </article>
  );
}

function describeNoDependents({ safe_to_drop: isSafe, signed_until: end }: PreviousKeyView): string {
  if (end === null) return "Nothing depends on it: it never signed a token.";
  if (isSafe) return "Nothing depends on it: every token it signed has expired.";
  return "No session is known to depend on it, but a token it signed may still be valid.";
}
