import "server-only";
// What happens before the first request: migrations, master key, first owner; and what is closed at the end.
import { closeDatabase } from "./db/client.ts";
import { migrate } from "./db/migrate.ts";
import { env } from "./env.ts";
import { assertMasterKeyOpens } from "./keys/vault.ts";
import { hasAnyOwner } from "./organizations/repository.ts";
import { startPeriodicTask } from "./periodic-task.ts";
import { noteStartState } from "./start-state.ts";

/** Soon, but after the portal has loaded; then each minute, which costs three looks at an index. */
const EXPIRY_RHYTHM = { firstAfterSeconds: 3, everySeconds: 60 };

/**
 * Brings storage to where it can be used, and prints the password of the first owner if one was invented.
 * @throws configuration.invalid seal.wrong_master_key storage.unavailable
 */
export async function prepareStorage(): Promise<void> {
  await migrate(env().database);
  await assertMasterKeyOpens();
  if (await hasAnyOwner()) return;
  // What makes an owner, and keys for an organization, takes long to load and is needed once.
  const { ensureFirstOwner } = await import("./organizations/first-owner.ts");
  const firstOwner = await ensureFirstOwner();
  if (firstOwner?.inventedPassword) printOwner(firstOwner.email, firstOwner.inventedPassword);
}

/** Brings this process to where it can serve; answers what undoes it. @throws as {@link prepareStorage} */
export async function start(): Promise<() => Promise<void>> {
  await prepareStorage();
  const { provider, url } = env().database;
  const stopListening =
    provider === "postgresql" ? (await import("./db/notifications.ts")).listenForChanges(url) : null;
  const stopAnnouncing = startPeriodicTask("certificate expiry", EXPIRY_RHYTHM, async (signal) => {
    const { announceExpiries } = await import("./certificates/expiry.ts");
    await announceExpiries(new Date(), signal);
  });
  noteStartState("started");
  return async () => {
    noteStartState("stopping");
    await stopAnnouncing();
    await stopListening?.();
    await closeDatabase();
  };
}

/** On standard error, so that a command's output stays clean; the log must not hold it. */
function printOwner(email: string, password: string): void {
  process.stderr.write(
    `\n  First owner\n    Email     ${email}\n    Password  ${password}\n  It is shown this once.\n\n`,
  );
}
