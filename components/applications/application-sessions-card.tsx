// The latest sessions of an application, and how all of them end.
import type { ReactElement } from "react";
import type { RevokeSessionsActions } from "#components/sessions/session-action.ts";
import { whoOf } from "#components/sessions/session-action.ts";
import { SessionRevokeButton } from "#components/sessions/session-revoke-button.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { SessionView } from "#lib/sessions/view.ts";

/** The first sessions of an application, and how many there are. */
export type ApplicationSessions = { data: readonly SessionView[]; total: number };

type ApplicationSessionsCardProps = {
  application: { id: string; name: string };
  sessions: ApplicationSessions;
  /** The list of this application's sessions. */
  sessionsHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
  /** Null for who may only look. */
  revokeActions: RevokeSessionsActions | null;
};

/** The card. */
export function ApplicationSessionsCard(props: ApplicationSessionsCardProps): ReactElement {
  const { application, sessions, sessionsHref, now, revokeActions } = props;
  const target = { kind: "application", application: { id: application.id, name: application.name } } as const;
  return (
    <Card
      title="Sessions"
      actions={
        revokeActions === null || sessions.total === 0 ? undefined : (
          <SessionRevokeButton
            size="small"
            label="Revoke all"
            target={target}
            now={now}
            revokeActions={revokeActions}
          />
        )
      }
    >
      {sessions.total === 0 ? (
        <p className="text-sm text-muted">None of its tokens is valid at the moment.</p>
      ) : (
        <>
          <ul className="divide-y divide-line">
            {sessions.data.map((session) => (
              <li key={session.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1.5 text-sm">
                <span className="min-w-0 flex-1 basis-40 wrap-anywhere">
                  {session.user === null ? "The client itself" : whoOf(session)}
                </span>
                <span className="text-xs text-muted">
                  {"used "}
                  <RelativeTime at={session.last_used_at} now={now} />
                </span>
                <span className="text-xs text-muted">
                  {"ends "}
                  <RelativeTime at={session.expires_at} now={now} />
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-2 text-sm">
            <TextLink href={sessionsHref}>{formatCount(sessions.total, "active session")}</TextLink>
          </p>
        </>
      )}
    </Card>
  );
}
