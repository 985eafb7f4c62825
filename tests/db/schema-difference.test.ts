import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findSchemaDifference } from "../../prisma/schema-difference.ts";
import { describeOnEveryDatabase } from "../support/database.ts";

describeOnEveryDatabase("the migrations", (fixture) => {
  it("F1: give exactly the schema", async () => {
    expect(await findSchemaDifference(fixture)).toBe("");
  });

  it("and what they lack is found and nothing else: a column, an index, a reference", async () => {
    const folder = mkdtempSync(join(tmpdir(), "signet-schema-"));
    const file = join(folder, "schema.prisma");
    const schema = readFileSync("prisma/schema.prisma", "utf8");
    const changed = schema
      .replace(/(\n {2}probe +String\n)/, "$1  note String?\n\n  @@index([createdAt])\n")
      .replace(/(\n {2}signingCertId +String\?\n)/, "$1  extra Int?\n");
    expect(changed.length).toBeGreaterThan(schema.length + 40);
    writeFileSync(file, changed);
    const sql = await findSchemaDifference(fixture, file);
    rmSync(folder, { recursive: true });
    expect(sql).toContain('ALTER TABLE "MasterKey" ADD COLUMN');
    expect(sql).toContain('ALTER TABLE "Application" ADD COLUMN');
    expect(sql).toContain('CREATE INDEX "MasterKey_createdAt_idx"');
    expect(sql).not.toContain("CREATE TABLE");
    expect(sql).not.toContain("DROP");
  });
});
