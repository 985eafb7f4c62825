// Lays the state before and after a change side by side, one line per fact.

/** One fact; null where it did not exist. `name` is in words, `key` as it is stored. */
export type StateChange = {
  key: string;
  name: string;
  before: string | null;
  after: string | null;
  isChanged: boolean;
};

/** What stands in names for something that people write otherwise. */
const spellings: Record<string, string> = {
  acs: "ACS",
  cert: "certificate",
  id: "ID",
  kid: "key ID",
  kids: "key IDs",
  rsa: "RSA",
  secs: "seconds",
  uris: "URIs",
  urls: "URLs",
};

type State = Record<string, unknown> | null;

/** The facts of both states in the order in which they appear. */
export function stateChanges(before: State, after: State): StateChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((key) => {
    const change = { before: inWords(before?.[key]), after: inWords(after?.[key]) };
    return { key, name: nameOf(key), ...change, isChanged: change.before !== change.after };
  });
}

function nameOf(key: string): string {
  // Older events are written in the other way.
  const words = key.split(/_|(?=[A-Z])/).map((word) => word.toLowerCase());
  const name = words.map((word) => (Object.hasOwn(spellings, word) ? spellings[word] : word)).join(" ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function inWords(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value === "" ? "empty" : value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ") || "none";
  return JSON.stringify(value);
}
