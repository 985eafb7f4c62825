// Shows a kid so that two of them can be told apart at a glance: its first characters stand out.
import type { ReactElement } from "react";
import { kidPrefix, shortKid } from "#components/keys/kid-parts.ts";
import { classNames } from "#components/ui/class-names.ts";

type KidProps = {
  kid: string;
  /** Only the first characters; the whole kid is then its title. */
  isShort?: boolean;
  className?: string;
};

/** A key id in the mono face. */
export function Kid({ kid, isShort = false, className }: KidProps): ReactElement {
  if (isShort) {
    return (
      <code title={kid} className={classNames("kid font-medium whitespace-nowrap", className)}>
        {shortKid(kid)}
      </code>
    );
  }
  const prefix = kidPrefix(kid);
  return (
    <code className={classNames("kid break-all text-muted", className)}>
      <span className="font-semibold text-ink">{prefix}</span>
      {kid.slice(prefix.length)}
    </code>
  );
}
