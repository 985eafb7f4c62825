// Before any test: a PostgreSQL server, and one migrated empty database of each kind that every worker copies.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgresServer } from "../../prisma/postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's own database, for CREATE DATABASE. */
    postgresUrl: string;
    /** Holds template.db, and the copies made of it. */
    databaseFolder: string;
  }
}

/** Called by vitest once a run; returns what undoes it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer();
  const databaseFolder = mkdtempSync(join(tmpdir(), "signet-tests-"));
  const undo = async (): Promise<void> => {
    rmSync(databaseFolder, { recursive: true, force: true });
    await server.stop();
  };
  try {
    execFileSync(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "tests/support/make-templates.ts", server.url, databaseFolder],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
  } catch (error) {
    await undo();
    throw error;
  }
  project.provide("postgresUrl", server.url);
  project.provide("databaseFolder", databaseFolder);
  return undo;
}
