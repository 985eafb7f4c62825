// Lays out everything there is to see and do about an organization's signing keys, in the order in which one asks for it.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useEffect, useId } from "react";
import { CurrentKeyCard } from "#components/keys/current-key-card.tsx";
import { DroppedKeysTable } from "#components/keys/dropped-keys-table.tsx";
import type {
  DropKeyRequest,
  KeyAction,
  ReplaceNextKeyRequest,
  RotateKeyRequest,
} from "#components/keys/key-action.ts";
import { KeyTimeline } from "#components/keys/key-timeline.tsx";
import { NextKeyCard } from "#components/keys/next-key-card.tsx";
import { PreviousKeyCard } from "#components/keys/previous-key-card.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type SigningKeyBoardProps = {
  status: SigningKeyStatusView;
  /** The public address of the organization's JWKS. */
  jwksUrl: string;
  /** Where applications are listed; one of them lies at `${applicationsHref}/${id}`. */
  applicationsHref: string;
  /** Where sessions are listed; those of a key by `?kid=`. */
  sessionsHref: string;
  canManage: boolean;
  rotateAction: KeyAction<RotateKeyRequest>;
  dropAction: KeyAction<DropKeyRequest>;
  replaceNextAction: KeyAction<ReplaceNextKeyRequest>;
};

/** The body of the Signing Key page. */
export function SigningKeyBoard(props: SigningKeyBoardProps): ReactElement {
  const { status, jwksUrl, applicationsHref, sessionsHref, canManage } = props;
  const { rotateAction, dropAction, replaceNextAction } = props;
  const previousHeadingId = useId();
  useRefreshOnReturn();
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)]">
        <CurrentKeyCard
          status={status}
          jwksUrl={jwksUrl}
          applicationsHref={applicationsHref}
          canManage={canManage}
          rotateAction={rotateAction}
        />
        <NextKeyCard status={status} canManage={canManage} replaceNextAction={replaceNextAction} />
      </div>
      {/* Always there, so that the focus has a place to go when the last card is dropped. */}
      <section aria-labelledby={previousHeadingId}>
        <h2 id={previousHeadingId} tabIndex={-1} className="mb-2.5 flex items-baseline gap-2 text-sm font-semibold">
          Previous keys
          <span className="text-xs font-normal text-muted">
            {status.prev_keys.length === 0
              ? "None"
              : `${formatCount(status.prev_keys.length, "key")}, still in the JWKS`}
          </span>
        </h2>
        {status.prev_keys.length === 0 ? (
          <p className="rounded-lg border border-dashed border-line px-5 py-4 text-muted">
            A rotated key rests here, still verifying its tokens, until the last of them has expired.
          </p>
        ) : (
          <ul className="flex flex-col gap-3">
            {status.prev_keys.map((key) => (
              <li key={key.kid}>
                <PreviousKeyCard
                  previousKey={key}
                  now={status.server_time}
                  applicationsHref={applicationsHref}
                  sessionsHref={sessionsHref}
                  canManage={canManage}
                  dropAction={dropAction}
                  focusAfterDropId={previousHeadingId}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      <Card title="Timeline">
        <KeyTimeline status={status} />
      </Card>
      <Card title="Dropped keys" description="Their private halves are destroyed and their tokens fail." isFlush>
        <div className="pt-2">
          <DroppedKeysTable keys={status.dropped_keys} now={status.server_time} />
        </div>
      </Card>
    </div>
  );
}

// A laptop that slept has clocks that stood still: whoever comes back to the page gets a fresh answer.
function useRefreshOnReturn(): void {
  const router = useRouter();
  useEffect(() => {
    function handleVisibility(): void {
      if (document.visibilityState === "visible") router.refresh();
    }
    document.addEventListener("visibilitychange", handleVisibility);
    return () => document.removeEventListener("visibilitychange", handleVisibility);
  }, [router]);
}
