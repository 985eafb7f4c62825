// Splits a kid into the part that people compare and the rest.

const comparedCharacters = 6;

/** The first characters of a kid, which stand out on the page and are typed to confirm a forced drop. */
export function kidPrefix(kid: string): string {
  return kid.slice(0, comparedCharacters);
}

/** "8Fq3Lx…", for running text and small places. */
export function shortKid(kid: string): string {
  return kid.length <= comparedCharacters ? kid : `${kidPrefix(kid)}…`;
}
