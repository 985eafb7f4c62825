// Runs one list of tests on SQLite and on PostgreSQL, each time on a fresh migrated database, and makes organizations in it.
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { EVERY_ORGANIZATION, receiveOrganizationChanged } from "#lib/db/changes.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { forgetEnvironment } from "#lib/env.ts";

/** Names the database that the tests of one list run on. */
export type DatabaseFixture = {
  provider: "sqlite" | "postgresql";
  /** The value of DATABASE_URL; set once the tests run, for second processes and connections of their own. */
  url: string;
};

const ENVIRONMENT = {
  SIGNET_MODE: "development",
  SIGNET_PUBLIC_URL: "http://localhost:3000",
  SIGNET_MASTER_KEY: "pJ1zq0m7N2bYwRk8sV4tXc6uHd3gLe5fQa9oTi2nKjM=",
  SIGNET_MASTER_KEY_FILE: undefined,
  NEXTAUTH_SECRET: "a secret that only the tests know, long enough",
  SIGNET_ADMIN_EMAIL: undefined,
  SIGNET_ADMIN_PASSWORD: undefined,
  SIGNET_DEFAULT_ORG: "acme-corp",
  SIGNET_LOG_LEVEL: "fatal",
} as const;

/** Declares the same tests once for each kind of database; each list gets a migrated empty database of its own. */
export function describeOnEveryDatabase(title: string, list: (fixture: DatabaseFixture) => void): void {
  for (const provider of ["sqlite", "postgresql"] as const) {
    describe(`${title} (${provider})`, () => {
      const fixture: DatabaseFixture = { provider, url: "" };
      let remove: () => Promise<void> = async () => undefined;
      beforeAll(async () => {
        const copy = await copyTemplate(provider);
        fixture.url = copy.url;
        remove = copy.remove;
        await useEnvironment({ DATABASE_URL: copy.url });
      });
      afterAll(async () => {
        await closeDatabase();
        await remove();
      });
      list(fixture);
    });
  }
}

/** Sets the tests' configuration, with these changes, and lets the process forget what it read and opened before. */
export async function useEnvironment(changes: Record<string, string | undefined>): Promise<void> {
  for (const [name, value] of Object.entries({ ...ENVIRONMENT, ...changes })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await closeDatabase();
  forgetEnvironment();
  receiveOrganizationChanged(EVERY_ORGANIZATION);
}

let copies = 0;

async function copyTemplate(
  provider: DatabaseFixture["provider"],
): Promise<{ url: string; remove: () => Promise<void> }> {
  copies += 1;
  const name = `signet_${process.pid}_${copies}`;
  if (provider === "sqlite") {
    const folder = inject("databaseFolder");
    const file = join(folder, `${name}.db`);
    copyFileSync(join(folder, "template.db"), file);
    const remove = async (): Promise<void> => {
      for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
    };
    return { url: `file:${file}`, remove };
  }
  await onServer(`CREATE DATABASE ${name} TEMPLATE signet_template`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export { createTestMember, createTestOrganization } from "./organizations.ts";
