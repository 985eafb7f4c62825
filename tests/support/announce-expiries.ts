// A second process for tests: announces, at the moment given as an argument, what is due, and prints how many events it wrote.
import { setTimeout } from "node:timers/promises";
import { announceExpiries } from "#lib/certificates/expiry.ts";
import { closeDatabase, database } from "#lib/db/client.ts";

const [now = "", startAt = ""] = process.argv.slice(2);
await database().organization.count();
await setTimeout(Math.max(0, Number(startAt) - Date.now()));
process.stdout.write(`${await announceExpiries(new Date(now))}\n`);
await closeDatabase();
