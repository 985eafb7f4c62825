import { describe, expect, it } from "vitest";
import { read, sourceFiles } from "../support/source.ts";

/** The lines of the five source systems' promises that hold by now. */
const DUE = [...range("J", 1, 31), ...range("L", 1, 10), ...range("G", 1, 8), ...range("U", 1, 4), "U9"];
const TITLE = /\b(?:it|test|describe|describeOnEveryDatabase)(?:\.each\([\s\S]*?\)|\.\w+)*\(\s*(["'`])([\s\S]*?)\1/g;

function range(letter: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${letter}${first + index}`);
}

describe("the requirements", () => {
  const titles = sourceFiles("tests")
    .filter((path) => /\.(test|spec)\.ts$/.test(path) && !path.startsWith("tests/house/requirements"))
    .flatMap((path) => [...read(path).matchAll(TITLE)].map(([, , title]) => title ?? ""));

  it.each(DUE)("%s is named by the title of at least one test", (line) => {
    expect(titles.filter((title) => new RegExp(`\\b${line}\\b`).test(title))).not.toEqual([]);
  });
});
