// What the benchmarks take from the log of their load generator.
import { describe, expect, it } from "vitest";
import { readLog } from "./load.ts";

const line = (status: number, microseconds: number): string => `1796093616349489\t${status}\t${microseconds}\n`;

describe("readLog", () => {
  it("gives the milliseconds of each answer", () => {
    expect(readLog(line(200, 5793) + line(200, 400), 200)).toEqual({ times: [5.793, 0.4], failures: 0 });
  });

  it("counts what is not the right answer", () => {
    expect(readLog(line(304, 100) + line(200, 100) + line(500, 100), 304).failures).toBe(2);
  });

  it("counts the time of an answer whose status came before the time that counts, and not its status", () => {
    expect(readLog(line(0, 900), 200)).toEqual({ times: [0.9], failures: 0 });
  });

  it("finds nothing in an empty log", () => {
    expect(readLog("", 200)).toEqual({ times: [], failures: 0 });
  });
});
