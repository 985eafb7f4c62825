import { expect, it } from "vitest";
import { read, sourceFiles } from "../support/source.ts";

const declared = sourceFiles("app")
  .filter((path) => path.endsWith("actions.ts"))
  .flatMap((path) => [...read(path).matchAll(/export const (\w+) = action\(\{\n(.*?)\n\}\);/gs)])
  .map(([, name = "", body = ""]) => ({ name, isFinal: /^ {2}isFinal: /m.test(body) }));

it("N1: every action that revokes, deletes or destroys asks who is there, and no other one does", () => {
  expect(declared.length).toBeGreaterThan(20);
  const final = declared.filter(({ isFinal }) => isFinal).map(({ name }) => name);
  expect(final).toEqual(declared.map(({ name }) => name).filter((name) => /^(drop|delete|revoke|remove)/.test(name)));
  expect(final.length).toBeGreaterThanOrEqual(9);
});
