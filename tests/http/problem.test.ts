import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { database } from "#lib/db/client.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { AppError } from "#lib/errors.ts";
import { toAppError } from "#lib/http/problem.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";

function prismaError(code: string, originalCode: string, kind = "postgres"): Error {
  return Object.assign(new Error("failed"), { code, meta: { driverAdapterError: { cause: { kind, originalCode } } } });
}

describe("an error that is none of ours", () => {
  it.each<[string, string, string?]>([
    ["P2037", "53300"],
    ["P2010", "57P01"],
    ["P2010", "57P03"],
    ["P2039", "57014"],
    ["P2039", "25006"],
    ["P1017", ""],
    ["P2010", "", "ConnectionClosed"],
    ["P2010", "", "DatabaseNotReachable"],
    ["P2010", "", "SocketTimeout"],
  ])("%s with SQLSTATE %s tells that storage does not answer", (code, state, kind) => {
    expect(toAppError(prismaError(code, state, kind)).code).toBe("storage.unavailable");
  });

  it.each([
    ["P2039", "54000"],
    ["P2002", "23505"],
    ["P2010", "42P01"],
  ])("%s with SQLSTATE %s stays a mistake of ours", (code, state) => {
    expect(toAppError(prismaError(code, state)).code).toBe("internal.unexpected");
  });

  it("an error of ours stays what it is", () => {
    const error = new AppError("key.not_found", "There is no such key.");
    expect(toAppError(error)).toBe(error);
  });
});

describeOnEveryDatabase("storage that goes away", (fixture) => {
  it("in the middle of a change is storage that does not answer, and the next change goes through", async () => {
    await createTestOrganization("cut-off");
    const cut = changeOrganization("cut-off", async (transaction) => {
      if (fixture.provider === "postgresql") await terminateConnections(fixture.url);
      else throw Object.assign(new Error("busy"), { code: "P1001" });
      await setTimeout(50);
      return transaction.organization.count();
    });
    expect(toAppError(await cut.catch((error: unknown) => error)).code).toBe("storage.unavailable");
    await expect(changeOrganization("cut-off", (transaction) => transaction.organization.count())).resolves.toBe(1);
    expect(await database().organization.findUnique({ where: { id: "cut-off" } })).toMatchObject({ version: 2 });
  });
});

async function terminateConnections(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await client.end();
}
