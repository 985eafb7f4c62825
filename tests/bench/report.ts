// Collects what was measured and prints it beside the bars.

/** One line: what was measured, the numbers to read, and the bar that it must reach. */
type Line = {
  what: string;
  numbers: string;
  value: number;
  bar: number;
  aim: number;
  isLowerBetter: boolean;
  unit: string;
};

const lines: Line[] = [];

/** A ratio or rate of which more is better. */
export function noteAtLeast(what: string, numbers: string, value: number, [bar, aim]: [number, number]): void {
  lines.push({ what, numbers, value, bar, aim, isLowerBetter: false, unit: "×" });
}

/** A time or size of which less is better. */
export function noteAtMost(
  what: string,
  numbers: string,
  value: number,
  [bar, aim]: [number, number],
  unit: string,
): void {
  lines.push({ what, numbers, value, bar, aim, isLowerBetter: true, unit });
}

/** A number that has no bar of its own. */
export function noteOnly(what: string, numbers: string, value: number): void {
  lines.push({ what, numbers, value, bar: 0, aim: 0, isLowerBetter: false, unit: "×" });
}

/** Prints the table; true when every bar is met. */
export function printReport(): boolean {
  const rows = lines.map((line) => {
    const isMet = (limit: number): boolean => (line.isLowerBetter ? line.value <= limit : line.value >= limit);
    if (line.bar === 0) return [line.what, line.numbers, show(line.value, line.unit), "", ""];
    const verdict = isMet(line.aim) ? "aim reached" : isMet(line.bar) ? "met" : "MISSED";
    const sign = line.isLowerBetter ? "≤" : "≥";
    return [line.what, line.numbers, show(line.value, line.unit), `${sign} ${show(line.bar, line.unit)}`, verdict];
  });
  const all = [["what", "numbers", "value", "bar", ""], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all) {
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}\n`,
    );
  }
  const missed = rows.filter((row) => row[4] === "MISSED").length;
  const bars = lines.filter(({ bar }) => bar !== 0).length;
  process.stdout.write(`\n${missed === 0 ? "Every bar is met." : `${missed} of ${bars} bars are missed.`}\n`);
  return missed === 0;
}

function show(value: number, unit: string): string {
  return `${value.toFixed(value >= 100 ? 0 : 2)} ${unit}`;
}
