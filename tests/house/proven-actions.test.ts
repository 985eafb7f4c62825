import { expect, it } from "vitest";
import { read, sourceFiles } from "../support/source.ts";

const declared = sourceFiles("app")
  .filter((path) => path.endsWith("actions.ts"))
  .flatMap((path) => [...read(path).matchAll(/export const (\w+) = action\(\{\n(.*?)\n\}\);/gs)])
  .map(([, name = "", body = ""]) => ({ name, needsProof: /^ {2}needsProof: /m.test(body) }));

/** They hand out a secret or a token, or make somebody a member. */
const giving = ["createApplication", "createClientSecret", "createToken", "addMember", "changeRole"];

it("N1: every action that revokes, deletes, destroys or gives access asks who is there, and no other one does", () => {
  expect(declared.length).toBeGreaterThan(20);
  const proven = declared.filter(({ needsProof }) => needsProof).map(({ name }) => name);
  const isExpected = (name: string): boolean =>
    /^(drop|delete|revoke|remove)/.test(name) || giving.includes(name.replace(/Action$/, ""));
  expect(proven).toEqual(declared.map(({ name }) => name).filter(isExpected));
  expect(proven.length).toBeGreaterThanOrEqual(9 + giving.length);
});
