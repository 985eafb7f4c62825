// Writes instants and durations for people; always UTC and without the locale's help, so that server and browser agree to the letter.

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const relativeFormat = new Intl.RelativeTimeFormat("en", { numeric: "always" });

const units = [
  { unit: "year", seconds: 31_536_000, short: "y" },
  { unit: "day", seconds: 86_400, short: "d" },
  { unit: "hour", seconds: 3_600, short: "h" },
  { unit: "minute", seconds: 60, short: "min" },
  { unit: "second", seconds: 1, short: "s" },
] as const;

/** An instant as `toISOString` writes it, as "22 Nov 2026, 07:18 UTC", with seconds when asked. */
export function formatInstant(instant: string, withSeconds = false): string {
  return `${formatDay(instant)}, ${instant.slice(11, withSeconds ? 19 : 16)} UTC`;
}

/** Such an instant, or its day alone, as "22 Nov 2026". */
export function formatDay(instant: string): string {
  return `${Number(instant.slice(8, 10))} ${months[Number(instant.slice(5, 7)) - 1] ?? ""} ${instant.slice(0, 4)}`;
}

/** Seconds as their two largest units: "56 min 52 s", "1 h", "90 d". */
export function formatDuration(seconds: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(seconds));
  const first = units.findIndex((entry) => rest >= entry.seconds);
  for (const { seconds: size, short } of units.slice(Math.max(0, first), Math.max(0, first) + 2)) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount} ${short}`);
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

/** A distance in seconds (negative: past) as "3 days ago", "in 5 minutes", "just now". */
export function formatRelative(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 5) return "just now";
  const entry = units.find((candidate) => size >= candidate.seconds) ?? units[4];
  return relativeFormat.format(Math.sign(seconds) * Math.floor(size / entry.seconds), entry.unit);
}
