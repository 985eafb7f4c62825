// Leads to the page before and after in a list that is read by cursor.
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { ButtonLink } from "#components/ui/button-link.tsx";

type PaginationProps = {
  /** What is paged, such as "Audit events". */
  label: string;
  previousHref: string | null;
  nextHref: string | null;
  /** For lists that are not sorted by time. */
  previousLabel?: string;
  nextLabel?: string;
  /** Such as "50 shown". */
  summary?: ReactNode;
};

/** Two links; nothing at all when there is only one page and no summary. */
export function Pagination({
  label,
  previousHref,
  nextHref,
  previousLabel = "Newer",
  nextLabel = "Older",
  summary,
}: PaginationProps): ReactElement | null {
  if (previousHref === null && nextHref === null && summary === undefined) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="flex items-center justify-between gap-3 text-xs text-muted">
      <span>{summary}</span>
      <span className="flex gap-2">
        {previousHref === null ? null : (
          <ButtonLink href={previousHref} size="small" rel="prev" icon={<ChevronLeft className="size-3.5" />}>
            {previousLabel}
          </ButtonLink>
        )}
        {nextHref === null ? null : (
          <ButtonLink href={nextHref} size="small" rel="next">
            {nextLabel}
            <ChevronRight className="size-3.5" aria-hidden="true" />
          </ButtonLink>
        )}
      </span>
    </nav>
  );
}
