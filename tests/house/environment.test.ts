import { describe, expect, it } from "vitest";
import { environmentSchema } from "#lib/env.ts";
import { read } from "../support/source.ts";

describe("the configuration", () => {
  const names = Object.keys(environmentSchema.shape);

  it("is the same in .env.example and in the code", () => {
    const listed = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...names].sort());
  });

  it("is described in the README, every variable of it", () => {
    const readme = read("README.md");
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
