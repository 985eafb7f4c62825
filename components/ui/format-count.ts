// Writes numbers and counted nouns for people.

const numberFormat = new Intl.NumberFormat("en", { useGrouping: "min2" });

/** A number with thin grouping from five digits on: 3412, 12,345. */
export function formatNumber(value: number): string {
  return numberFormat.format(value);
}

/** A count with its noun: "1 session", "12 sessions". */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}
