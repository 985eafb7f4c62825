// The state before and after a change, fact by fact; an id that leads somewhere is a link.
import type { ReactElement, ReactNode } from "react";
import type { StateChange } from "#components/audit/state-changes.ts";
import { classNames } from "#components/ui/class-names.ts";
import { TextLink } from "#components/ui/text-link.tsx";

type StateTableProps = {
  changes: readonly StateChange[];
  /** Where the value of a fact leads, or null. */
  linkOf: (key: string, value: string) => string | null;
};

const SIDES = [
  { side: "before", heading: "Before" },
  { side: "after", heading: "After" },
] as const;

/** The fact, before, after; nothing stands before a creation, and nothing after a deletion, so that column is left out. */
export function StateTable({ changes, linkOf }: StateTableProps): ReactElement {
  const sides = SIDES.filter(({ side }) => changes.some((change) => change[side] !== null));
  const isComparison = sides.length === SIDES.length;
  return (
    <table className="w-full table-fixed text-xs">
      <caption className="sr-only">{`State ${sides.map(({ side }) => side).join(" and ")}`}</caption>
      <thead>
        <tr className="text-start text-faint">
          <th
            scope="col"
            className={classNames("pb-1 text-start font-medium sm:w-1/4", isComparison ? "w-1/4" : "w-1/3")}
          >
            <span className="sr-only">Fact</span>
          </th>
          {sides.map(({ side, heading }) => (
            <th key={side} scope="col" className="pr-3 pb-1 text-start font-medium last:pr-0">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.key} className="border-t border-line align-top">
            <th scope="row" className="py-1 pr-3 text-start font-normal wrap-anywhere text-muted">
              {change.name}
            </th>
            {sides.map(({ side }) => (
              <td
                key={side}
                className={classNames(
                  "py-1 pr-3 wrap-anywhere last:pr-0",
                  isComparison && toneOf(side, change),
                  isKid(change.key) && "kid",
                )}
              >
                {showValue(change[side], change.key, linkOf)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Beside what was, what has changed stands out. */
function toneOf(side: "before" | "after", change: StateChange): string {
  return side === "after" && change.isChanged ? "font-medium" : "text-muted";
}

function isKid(key: string): boolean {
  return /(?:^|_)kids?$/.test(key);
}

function showValue(value: string | null, key: string, linkOf: StateTableProps["linkOf"]): ReactNode {
  if (value === null) return "—";
  const href = linkOf(key, value);
  return href === null ? value : <TextLink href={href}>{value}</TextLink>;
}
