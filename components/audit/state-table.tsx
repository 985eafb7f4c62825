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

/** Three columns: the fact, before, after. */
export function StateTable({ changes, linkOf }: StateTableProps): ReactElement {
  return (
    <table className="w-full table-fixed text-xs">
      <caption className="sr-only">State before and after</caption>
      <thead>
        <tr className="text-start text-faint">
          <th scope="col" className="w-1/4 pb-1 text-start font-medium">
            <span className="sr-only">Fact</span>
          </th>
          <th scope="col" className="pb-1 pr-3 text-start font-medium">
            Before
          </th>
          <th scope="col" className="pb-1 text-start font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.key} className="border-t border-line align-top">
            <th scope="row" className="py-1 pr-3 text-start font-normal wrap-anywhere text-muted">
              {change.name}
            </th>
            <td className={classNames("py-1 pr-3 wrap-anywhere text-muted", isKid(change.key) && "kid")}>
              {showValue(change.before, change.key, linkOf)}
            </td>
            <td
              className={classNames(
                "py-1 wrap-anywhere",
                change.isChanged ? "font-medium" : "text-muted",
                isKid(change.key) && "kid",
              )}
            >
              {showValue(change.after, change.key, linkOf)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isKid(key: string): boolean {
  return /(?:^|_)kids?$/.test(key);
}

function showValue(value: string | null, key: string, linkOf: StateTableProps["linkOf"]): ReactNode {
  if (value === null) return "—";
  const href = linkOf(key, value);
  return href === null ? value : <TextLink href={href}>{value}</TextLink>;
}
