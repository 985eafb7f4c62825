// Finds the reference under which the server logged an error, so that a person can quote it.

/** The digest that Next gave a server error, or null for an error of the browser. */
export function errorReference(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("digest" in error)) return null;
  return typeof error.digest === "string" ? error.digest : null;
}
