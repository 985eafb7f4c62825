import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packRows, unpackRows } from "#components/ui/packed.ts";

describe("rows that cross to the browser as one string", () => {
  it("come back as they were, whatever they hold", () => {
    const row = fc.record({ id: fc.string(), count: fc.integer(), state: fc.option(fc.jsonValue(), { nil: null }) });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(unpackRows(packRows(rows))).toEqual(JSON.parse(JSON.stringify(rows)));
      }),
    );
  });

  it("keep what only some of them have", () => {
    const rows: { id: string; reason?: string }[] = [{ id: "a" }, { id: "b", reason: "why" }];
    expect(unpackRows(packRows(rows))).toEqual([
      { id: "a", reason: null },
      { id: "b", reason: "why" },
    ]);
  });

  it("leave the prototype of a row alone", () => {
    const [row] = unpackRows(packRows([JSON.parse('{"__proto__": {"polluted": true}, "id": "a"}') as { id: string }]));
    expect(row?.id).toBe("a");
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });
});
