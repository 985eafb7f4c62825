// Names the applications whose tokens of a key may still be valid.
"use client";

import type { ReactElement } from "react";
import { formatCount } from "#components/ui/format-count.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { PreviousKeyView } from "#lib/keys/view.ts";

type DependentApplicationsProps = {
  previousKey: PreviousKeyView;
  now: string;
  applicationsHref: string;
  sessionsHref: string;
};

const shownAtFirst = 4;

/** A short list with sessions and expiry; the rest opens on demand. */
export function DependentApplications(props: DependentApplicationsProps): ReactElement {
  const { kid, dependent_applications: applications, active_sessions: sessions } = props.previousKey;
  if (applications.length === 0) return <p className="text-xs text-muted">{nothingDepends(props.previousKey)}</p>;
  const first = applications.slice(0, shownAtFirst);
  const rest = applications.slice(shownAtFirst);
  return (
    <div>
      <p className="mb-1 text-xs text-muted">
        <TextLink href={`${props.sessionsHref}?${new URLSearchParams({ kid })}`}>
          {formatCount(sessions, "session")}
        </TextLink>
        {` of ${formatCount(applications.length, "application")} ${sessions === 1 ? "holds" : "hold"} tokens of it that are still valid`}
      </p>
      <Rows {...props} applications={first} />
      {rest.length === 0 ? null : (
        <details className="mt-1">
          <summary className="w-fit rounded-sm text-xs font-medium text-accent-text">
            {`and ${formatCount(rest.length, "more application")}`}
          </summary>
          <Rows {...props} applications={rest} />
        </details>
      )}
    </div>
  );
}

function nothingDepends({ safe_to_drop: isSafe, signed_until: end }: PreviousKeyView): string {
  if (end === null) return "Nothing depends on it: it never signed a token.";
  if (isSafe) return "Nothing depends on it: every token it signed has expired.";
  return "No session is known to depend on it, but a token it signed may still be valid.";
}

type RowsProps = Pick<DependentApplicationsProps, "now" | "applicationsHref"> & {
  applications: PreviousKeyView["dependent_applications"];
};

function Rows({ applications, now, applicationsHref }: RowsProps): ReactElement {
  return (
    <ul className="divide-y divide-line">
      {applications.map((application) => (
        <li
          key={application.id}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1.5 text-xs tabular-nums"
        >
          <TextLink
            href={`${applicationsHref}/${application.id}`}
            className="min-w-0 flex-1 basis-40 text-sm wrap-anywhere"
          >
            {application.name}
          </TextLink>
          <span className="text-muted">{formatCount(application.active_sessions, "session")}</span>
          <span className="text-muted sm:w-52 sm:text-end">
            {"last token expires "}
            <RelativeTime at={application.expires_at} now={now} />
          </span>
        </li>
      ))}
    </ul>
  );
}
