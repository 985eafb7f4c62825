// A table that turns into stacked cards where it has little room.
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** One column: what it is called and how a row shows it. */
export type TableColumn<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "start" | "end";
  /** The header is read out but not shown, as over a menu. */
  isHeaderHidden?: boolean;
  /** The cell that names the row; one column should have it. */
  isRowHeader?: boolean;
  className?: string;
};

type TableProps<Row> = {
  /** What the table lists; read out, not shown. */
  caption: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Shown instead of the table when there is no row. */
  empty?: ReactNode;
};

// The explicit roles keep the meaning of a table where CSS takes its display away.
const roles = { table: { role: "table" }, group: { role: "rowgroup" }, row: { role: "row" }, cell: { role: "cell" } };
const columnHeader = { role: "columnheader", scope: "col" };
const rowHeader = { role: "rowheader", scope: "row" };

/**
 * Rows and columns. Columns are functions, so a list stands on the same side as its table; on the client's side a page of
 * fifty rows carries its data once, and not the markup a second time.
 */
export function Table<Row>({ caption, columns, rows, rowKey, empty }: TableProps<Row>): ReactElement {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const cells = columns.map(toCell);
  return (
    <div className="@container">
      <table {...roles.table} className="block w-full text-sm @2xl:table">
        <caption className="sr-only">{caption}</caption>
        <thead {...roles.group} className="sr-only @2xl:not-sr-only @2xl:table-header-group">
          <tr {...roles.row} className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.key}
                {...columnHeader}
                className={classNames(
                  "px-3 py-2 text-start text-xs font-medium whitespace-nowrap text-faint first:pl-5 last:pr-5",
                  column.align === "end" && "text-end",
                )}
              >
                <span className={column.isHeaderHidden === true ? "sr-only" : undefined}>{column.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...roles.group} className="block @2xl:table-row-group">
          {rows.map((row) => (
            <tr key={rowKey(row)} {...roles.row} className="list-row">
              {cells.map(({ Cell, key, props, show }) => (
                <Cell key={key} {...props}>
                  <div>{show(row)}</div>
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What all cells of a column have in common; fifty rows ask for it fifty times. */
function toCell<Row>({ key, header, cell: show, align, isHeaderHidden, isRowHeader, className }: TableColumn<Row>) {
  const Cell = isRowHeader === true ? "th" : "td";
  const props = {
    ...(isRowHeader === true ? rowHeader : roles.cell),
    "data-label": isHeaderHidden === true ? undefined : header,
    className: classNames(
      "list-cell",
      isRowHeader === true && "font-medium",
      isHeaderHidden === true && "justify-items-end",
      align === "end" && "@2xl:text-end",
      className,
    ),
  };
  return { Cell, key, props, show } as const;
}
