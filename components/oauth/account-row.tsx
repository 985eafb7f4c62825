// The account that is signed in at this browser, and the way to another one.
import type { ReactElement } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
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
      <Avatar name={person.name} className="size-9 text-xs" />
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
