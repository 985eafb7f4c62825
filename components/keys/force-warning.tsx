// Says what fails at once when the key of tokens that are still valid is taken away, and how long to wait instead.
"use client";

import type { ReactElement } from "react";
import { Countdown } from "#components/ui/countdown.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { Notice } from "#components/ui/notice.tsx";

type ForceWarningProps = {
  activeSessions: number;
  secondsUntilSafe: number;
  /** The server's clock when the seconds were counted, ISO 8601. */
  now: string;
  /** Whose tokens they are, as far as it is known. */
  applicationNames: readonly string[];
  /** True when it appears after the dialog: it is then read out. */
  isLive: boolean;
  /** Called when the seconds have run out. */
  onDone: () => void;
};

/** The notice of the force path. */
export function ForceWarning(props: ForceWarningProps): ReactElement {
  const { activeSessions, secondsUntilSafe, now, applicationNames, isLive, onDone } = props;
  const title =
    activeSessions === 0
      ? "Tokens that are still valid fail at once"
      : `The tokens of ${formatCount(activeSessions, "session")} fail at once`;
  return (
    <Notice tone="danger" isLive={isLive} title={title}>
      <p>
        {applicationNames.length === 0
          ? "Every verifier rejects them as soon as it reads the JWKS again, and Signet itself immediately."
          : `${listNames(applicationNames)}: people are signed out or refused, machine clients get errors until they fetch a new token.`}
      </p>
      <p>
        If nothing is on fire, wait: it is safe in{" "}
        <Countdown className="font-medium" seconds={secondsUntilSafe} since={now} onDone={onDone} />.
      </p>
    </Notice>
  );
}

function listNames(names: readonly string[]): string {
  if (names.length <= 3) return new Intl.ListFormat("en").format(names);
  return `${names.slice(0, 2).join(", ")} and ${formatCount(names.length - 2, "more application")}`;
}
