// One page of a list: how many rows, from where on, and the opaque cursor that leads to the next page.
import { z } from "zod";
import { AppError } from "./errors.ts";

/** At most this many rows on one page. */
const MAXIMUM_PAGE_SIZE = 100;

/** The query parameters of every list; `limit` counts rows, `cursor` comes from the page before. */
export const pagingSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAXIMUM_PAGE_SIZE).default(50),
  cursor: z.string().min(1).max(1000).optional(),
});
/** Which page of a list is wanted. */
export type Paging = z.output<typeof pagingSchema>;

/** One page; `next_cursor` is null on the last one. */
export type Page<Item> = { data: Item[]; next_cursor: string | null };

/** The sort key of a row: the sorted column and the id that breaks ties. */
export type CursorKey = { value: string; id: string };

/** The key that a cursor stands for, or null at the beginning. @throws request.invalid for a cursor that is not ours */
export function readCursor(cursor: string | undefined): CursorKey | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const [value, id] = Array.isArray(parts) && parts.length === 2 ? parts : [];
    if (isStorable(value) && isStorable(id)) return { value, id };
  } catch {
    // Falls through to the one refusal below.
  }
  throw unknownCursor();
}

/** As {@link readCursor}, for a list that is sorted by a moment. @throws request.invalid */
export function readTimeCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const key = readCursor(cursor);
  return key && { at: readMoment(key.value), id: key.id };
}

/** Where a row stands in a list that goes by a text and, where that is the same, by a moment. */
export type TextCursor = { text: string; at: Date; id: string };

/** The sort key of such a row, which {@link readTextCursor} reads again. */
export function textCursorKey({ text, at, id }: TextCursor): CursorKey {
  return { value: `${at.toISOString()} ${text}`, id };
}

/** As {@link readCursor}, for a list that is sorted by a text and then by a moment. @throws request.invalid */
export function readTextCursor(cursor: string | undefined): TextCursor | null {
  const key = readCursor(cursor);
  if (key === null) return null;
  const end = key.value.indexOf(" ");
  if (end === -1) throw unknownCursor();
  return { text: key.value.slice(end + 1), at: readMoment(key.value.slice(0, end)), id: key.id };
}

/** Nothing was made before 1970, and PostgreSQL does not know every year that JavaScript does. @throws request.invalid */
function readMoment(text: string): Date {
  const at = new Date(text);
  if (!(at.getTime() >= 0)) throw unknownCursor();
  return at;
}

/** Makes the page out of `limit + 1` rows: the surplus row only tells that there is more. */
export function toPage<Row, Item>(
  rows: Row[],
  { limit, keyOf, toItem }: { limit: number; keyOf: (row: Row) => CursorKey; toItem: (row: Row) => Item },
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { data: shown.map(toItem), next_cursor: last === undefined ? null : writeCursor(keyOf(last)) };
}

function writeCursor({ value, id }: CursorKey): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}

/** Text that both databases take: PostgreSQL refuses NUL and lone surrogates. */
function isStorable(part: unknown): part is string {
  return typeof part === "string" && !part.includes("\0") && part.isWellFormed();
}

function unknownCursor(): AppError {
  return new AppError("request.invalid", "The cursor is not one that this list gave.", {
    errors: [{ field: "cursor", code: "unknown_cursor", message: "Use the next_cursor of the page before." }],
  });
}
