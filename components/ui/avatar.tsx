// A person as a circle with their initials.
import type { ReactElement } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** The circle; size it by class name. It says nothing to a screen reader, because the name stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "grid shrink-0 place-items-center rounded-full border border-accent-line bg-accent-soft font-semibold text-accent-text uppercase",
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "").join("");
}
