// Says that a list of sessions is not the whole list, and leads back to it.
import { ListFilter } from "lucide-react";
import type { ReactElement } from "react";
import { TextLink } from "#components/ui/text-link.tsx";

type SessionFilterNoteProps = { text: string; allHref: string };

/** One line over the table. */
export function SessionFilterNote({ text, allHref }: SessionFilterNoteProps): ReactElement {
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <ListFilter className="size-4 text-muted" aria-hidden="true" />
      <span className="min-w-0 wrap-anywhere">{text}</span>
      <TextLink href={allHref}>Show all sessions</TextLink>
    </p>
  );
}
