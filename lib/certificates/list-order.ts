// In which order certificates are listed, and where in it a page goes on: pure rules.
import { type CursorKey, readTextCursor, readTimeCursor, textCursorKey } from "../paging.ts";
import type { CertificateSummary } from "./certificate.ts";
import type { CertificateSort } from "./schema.ts";

type Column = "sortName" | "notAfter" | "createdAt" | "id";
type Step = { column: Column; direction: "asc" | "desc" };

/** The columns of an order, the one that counts most first. */
export type CertificateOrder = readonly Step[];

/** A place in an order: a value of each of its columns. */
export type CertificatePosition = Partial<Record<Column, string | Date>>;

/** The order of a sort: by name and, where names are the same, the newest first; or by a moment. */
export function toOrder(sort: CertificateSort): CertificateOrder {
  const direction = sort.startsWith("-") ? "desc" : "asc";
  switch (sort) {
    case "name":
    case "-name":
      return [step("sortName", direction), step("createdAt", "desc"), step("id", "desc")];
    case "expires_at":
    case "-expires_at":
      return [step("notAfter", direction), step("id", direction)];
    case "created_at":
    case "-created_at":
      return [step("createdAt", direction), step("id", direction)];
  }
}

/** The condition for what comes after a place: later in one column, and the same in all that count more. */
export function beyond(order: CertificateOrder, position: CertificatePosition): Record<string, unknown> {
  const choices = order.map(({ column, direction }, index) => ({
    ...Object.fromEntries(order.slice(0, index).map((before) => [before.column, position[before.column]])),
    [column]: { [direction === "asc" ? "gt" : "lt"]: position[column] },
  }));
  return { OR: choices };
}

/** The sort key of a certificate, for the cursor after it. */
export function certificateCursorKey(certificate: CertificateSummary, sort: CertificateSort): CursorKey {
  const { id, name, createdAt } = certificate;
  const [first] = toOrder(sort);
  if (first?.column === "sortName") return textCursorKey({ text: toSortName(name), at: createdAt, id });
  return { value: (first?.column === "notAfter" ? certificate.notAfter : createdAt).toISOString(), id };
}

/** The place that a cursor stands for; null at the beginning. @throws request.invalid for a cursor of another list */
export function readPosition(cursor: string | undefined, sort: CertificateSort): CertificatePosition | null {
  const [first] = toOrder(sort);
  if (first?.column === "sortName") {
    const after = readTextCursor(cursor);
    return after && { sortName: after.text, createdAt: after.at, id: after.id };
  }
  const after = readTimeCursor(cursor);
  return after && { [first?.column ?? "createdAt"]: after.at, id: after.id };
}

/** A name as it is sorted, alike in both databases. */
export function toSortName(name: string): string {
  return name.toLowerCase();
}

function step(column: Column, direction: "asc" | "desc"): Step {
  return { column, direction };
}
