// The account that is signed in at this browser, and the way to another one.
import type { ReactElement } from "react";
import { TextLink } from "#components/ui/text-link.tsx";

type AccountRowProps = {
  person: { name: string; email: string };
  /** Null where it makes no sense to change. */
  otherAccountHref: string | null;
};

/** Name, address, and "Use another account". */
export function AccountRow({ person, otherAccountHref }: AccountRowProps): ReactElement {
  return (
    <div className="flex items-center gap-3">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-full border border-accent-line bg-accent-soft text-xs font-semibold text-accent-text uppercase"
      >
        {initials(person.name)}
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-2xs text-faint">Signed in as</p>
        <p className="truncate text-sm/4.5 font-medium">{person.name}</p>
        {person.name === person.email ? null : <p className="truncate text-xs text-muted">{person.email}</p>}
        {otherAccountHref === null ? null : (
          <TextLink href={otherAccountHref} className="mt-1 inline-block text-xs pointer-coarse:py-1.5">
            Use another account
          </TextLink>
        )}
      </div>
    </div>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "").join("");
}
