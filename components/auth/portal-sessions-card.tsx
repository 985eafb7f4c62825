// Where one is signed in to the portal, and a way to end each of these sessions.
"use client";

import type { ReactElement } from "react";
import { describeBrowser } from "#components/auth/describe-browser.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { type Action, useAction } from "#components/ui/use-action.ts";
import type { PortalSessionView } from "#lib/auth/view.ts";

type RevokeAction = Action<{ id: string }, unknown>;

type PortalSessionsCardProps = {
  sessions: readonly PortalSessionView[];
  /** The server's clock, ISO 8601. */
  now: string;
  revokeAction: RevokeAction;
};

/** The card of one's own portal sessions in the settings. */
export function PortalSessionsCard({ sessions, now, revokeAction }: PortalSessionsCardProps): ReactElement {
  return (
    <Card title="Where you are signed in" isFlush>
      <ul className="mt-2 divide-y divide-line border-t border-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium">{describeBrowser(session.user_agent)}</span>
                {session.is_current ? <Badge tone="accent">This session</Badge> : null}
              </p>
              <p className="text-xs text-muted">
                {session.address} · signed in <RelativeTime at={session.created_at} now={now} /> · last used{" "}
                <RelativeTime at={session.last_seen_at} now={now} />
              </p>
            </div>
            {session.is_current ? null : <EndButton session={session} revokeAction={revokeAction} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function EndButton({
  session,
  revokeAction,
}: {
  session: PortalSessionView;
  revokeAction: RevokeAction;
}): ReactElement {
  const { run, isPending } = useAction(
    revokeAction,
    () => showToast({ title: "Session ended", tone: "positive" }),
    ({ message }) => showToast({ title: "The session was not ended", description: message, tone: "danger" }),
  );
  return (
    <Button
      size="small"
      isPending={isPending}
      aria-label={`End the session of ${describeBrowser(session.user_agent)} at ${session.address}`}
      onClick={() => run({ id: session.id })}
    >
      End session
    </Button>
  );
}
