// Names the applications whose tokens of a key may still be valid.
"use client";

import type { ReactElement } from "react";
import { formatCount } from "#components/ui/format-count.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { DependentApplicationView, KeyDependentsView } from "#lib/sessions/view.ts";

type DependentApplicationsProps = {
  kid: string;
  dependents: KeyDependentsView;
  /** How the sentence calls the key. */
  keyName: "it" | "its key";
  /** What is said when no session holds a token of it. */
  emptyText: string;
  now: string;
  applicationsHref: string;
  sessionsHref: string;
};

const shownAtFirst = 4;

/** A short list with sessions and expiry; the rest opens on demand. */
export function DependentApplications(props: DependentApplicationsProps): ReactElement {
  const { kid, keyName, emptyText } = props;
  const { dependent_applications: applications, active_sessions: sessions } = props.dependents;
  if (applications.length === 0) return <p className="text-xs text-muted">{emptyText}</p>;
  const first = applications.slice(0, shownAtFirst);
  const rest = applications.slice(shownAtFirst);
  return (
    <div>
      <p className="mb-1 text-xs text-muted">
        <TextLink href={`${props.sessionsHref}?${new URLSearchParams({ kid })}`}>
          {formatCount(sessions, "session")}
        </TextLink>
        {` of ${formatCount(applications.length, "application")} ${sessions === 1 ? "holds" : "hold"} tokens of ${keyName} that are still valid`}
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

type RowsProps = Pick<DependentApplicationsProps, "now" | "applicationsHref"> & {
  applications: readonly DependentApplicationView[];
};

function Rows({ applications, now, applicationsHref }: RowsProps): ReactElement {
  return (
    <ul className="@container divide-y divide-line">
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
          <span className="text-muted @lg:w-52 @lg:text-end">
            {"last token expires "}
            <RelativeTime at={application.expires_at} now={now} />
          </span>
        </li>
      ))}
    </ul>
  );
}
