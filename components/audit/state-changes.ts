// Lays the state before and after a change side by side, one line per fact.

/** One fact; null where it did not exist. `name` is in words, `key` as it is stored. */
export type StateChange = {
  key: string;
  name: string;
  before: string | null;
  after: string | null;
  isChanged: boolean;
};

type State = Record<string, unknown> | null;

/** The facts of both states in the order in which they appear. */
export function stateChanges(before: State, after: State): StateChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((key) => {
    const change = { before: inWords(before?.[key]), after: inWords(after?.[key]) };
    return { key, name: key.replaceAll("_", " "), ...change, isChanged: change.before !== change.after };
  });
}

function inWords(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return "none";
  if (typeof value === "string") return value === "" ? "empty" : value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ") || "none";
  return JSON.stringify(value);
}
