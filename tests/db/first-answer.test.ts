import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { prepareStorage } from "#lib/start.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

const PROGRAM = ["--conditions=react-server", "--import", "tsx", "tests/support/first-answer-program.ts"];

describeOnEveryDatabase("the first answer after a start", () => {
  it("needs no query compiler; the first query of Prisma's client does, and it is made beside everything else", async () => {
    await createTestOrganization("acme-corp");
    await prepareStorage();
    const { stdout } = await promisify(execFile)(process.execPath, [...PROGRAM, "acme-corp"]);
    expect(JSON.parse(stdout)).toEqual({ keys: 2, before: 0, after: 1 });
  });
});
