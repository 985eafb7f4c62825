// What an application gets, in words, with the very values where they are known.
import { Clock, Fingerprint, KeyRound, Mail, User } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { formatDuration } from "#components/ui/format-time.ts";

type ScopeListProps = {
  scopes: readonly string[];
  person: { name: string; email: string };
  /** How long the application can stay signed in, in seconds. */
  refreshTokenExpirySecs: number;
};

type Meaning = { icon: ReactNode; title: ReactNode; detail: string };

/** One line for each thing that the application gets. */
export function ScopeList({ scopes, person, refreshTokenExpirySecs }: ScopeListProps): ReactElement {
  return (
    <ul className="flex flex-col gap-3">
      {scopes.map((scope) => {
        const { icon, title, detail } = meaningOf(scope, person, refreshTokenExpirySecs);
        return (
          <li key={scope} className="flex gap-3">
            <span className="mt-0.5 shrink-0 text-accent-text [&>svg]:size-4">{icon}</span>
            <span className="min-w-0">
              <span className="block text-sm font-medium wrap-anywhere">{title}</span>
              <span className="block text-xs wrap-anywhere text-muted">{detail}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function meaningOf(scope: string, person: ScopeListProps["person"], refreshTokenExpirySecs: number): Meaning {
  switch (scope) {
    case "openid":
      return {
        icon: <Fingerprint aria-hidden="true" />,
        title: "Who you are",
        detail: "An identifier that stays the same, and when you signed in",
      };
    case "profile":
      return { icon: <User aria-hidden="true" />, title: "Your name", detail: person.name };
    case "email":
      return { icon: <Mail aria-hidden="true" />, title: "Your email address", detail: person.email };
    case "offline_access":
      return {
        icon: <Clock aria-hidden="true" />,
        title: "Access while you are away",
        detail: `For up to ${describeLife(refreshTokenExpirySecs)}, without asking again`,
      };
    default:
      return {
        icon: <KeyRound aria-hidden="true" />,
        title: <code className="kid text-xs">{scope}</code>,
        detail: "A permission that the application uses on your behalf",
      };
  }
}

function describeLife(seconds: number): string {
  const days = seconds / 86_400;
  if (!Number.isInteger(days)) return formatDuration(seconds);
  return days === 1 ? "a day" : `${days} days`;
}
