// Makes the migrated empty databases that tests copy: template.db in the folder, and signet_template on the server.
// Arguments: URL of the PostgreSQL server, folder for SQLite.
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { Client } from "pg";
import { migrate } from "../../lib/db/migrate.ts";

const [postgresUrl, folder] = process.argv.slice(2);
if (!postgresUrl || !folder) throw new Error("usage: make-templates.ts POSTGRES_URL FOLDER");

const client = new Client({ connectionString: postgresUrl });
await client.connect();
await client.query("CREATE DATABASE signet_template");
await client.end();

const template = new URL(postgresUrl);
template.pathname = "/signet_template";
await migrate({ provider: "postgresql", url: template.href });
const file = `file:${join(folder, "template.db")}`;
await migrate({ provider: "sqlite", url: file });
// One file is copied, so nothing may be left in the write-ahead log.
await createClient({ url: file }).execute("PRAGMA wal_checkpoint(TRUNCATE)");
// The schema engine leaves a timer of ten seconds behind.
process.exit(0);
