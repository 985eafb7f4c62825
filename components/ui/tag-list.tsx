// A row of short words, such as scopes or grant types.
import type { ReactElement } from "react";

type TagListProps = { label: string; tags: readonly string[]; emptyText?: string };

/** A labelled list of tags; shows `emptyText` when there is none. */
export function TagList({ label, tags, emptyText = "None" }: TagListProps): ReactElement {
  if (tags.length === 0) return <span className="text-faint">{emptyText}</span>;
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li
          key={tag}
          className="kid rounded-sm border border-line bg-sunken px-1.5 py-px text-xs wrap-anywhere text-muted"
        >
          {tag}
        </li>
      ))}
    </ul>
  );
}
