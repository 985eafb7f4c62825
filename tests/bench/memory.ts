// What the processes of a running server hold in memory, as Linux counts it.
import { readdirSync, readFileSync } from "node:fs";

/** Megabytes of the process and all its children: memory that processes share is divided among them (PSS). */
export function memoryOf(pid: number): { total: number; parts: string } {
  const all = [pid, ...childrenOf(pid)];
  const sizes = all.map((one) => ({ name: nameOf(one), pss: megabytes(one, "Pss"), rss: megabytes(one, "Rss") }));
  const sum = (pick: (size: { pss: number; rss: number }) => number): number =>
    sizes.reduce((total, size) => total + pick(size), 0);
  const parts = sizes.map(({ name, pss }) => `${name} ${pss.toFixed(0)}`).join(", ");
  return { total: sum(({ pss }) => pss), parts: `${parts} (RSS in sum ${sum(({ rss }) => rss).toFixed(0)})` };
}

/** Megabytes of one process, with what it shares with others (RSS). */
export function residentMegabytes(pid: number): number {
  return megabytes(pid, "Rss");
}

function childrenOf(pid: number): number[] {
  const direct = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(/\s+/).filter(Boolean).map(Number),
  );
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

function nameOf(pid: number): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  return words.map((word) => word.match(/dist\/([\w-]+)\.js$/)?.[1]).find((name) => name !== undefined) ?? "portal";
}

function megabytes(pid: number, field: "Pss" | "Rss"): number {
  const [, kilobytes] =
    readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(new RegExp(`^${field}:\\s+(\\d+)`, "m")) ?? [];
  return Number(kilobytes ?? 0) / 1024;
}
