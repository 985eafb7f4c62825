// The command line of Signet, for whoever has the machine: results on standard output, everything else on standard error.
import { Command, InvalidArgumentError, Option } from "commander";
import { ALGORITHMS, type SigningAlgorithm } from "../crypto/algorithms.ts";
import { closeDatabase } from "../db/client.ts";
import { loadEnvironmentFile } from "../env.ts";
import { isAppError } from "../errors.ts";
import { prepareStorage } from "../start.ts";
import { TOKEN_DAYS } from "../tokens/schema.ts";
import {
  createOrganizationCommand,
  createTokenCommand,
  keyStatusCommand,
  rotateKeyCommand,
  setUserDisabledCommand,
} from "./commands.ts";

const USAGE_ERROR = 2;

loadEnvironmentFile("production");
const program = new Command("signet").description("Signet's commands.").exitOverride();
const required = (flags: string, description: string): Option => new Option(flags, description).makeOptionMandatory();
const organization = (): Option => required("--org <id>", "the organization");

program
  .command("token")
  .description("personal access tokens")
  .command("create")
  .description("print a new bearer token of the management API, and nothing else")
  .addOption(organization())
  .addOption(required("--permissions <list>", "comma-separated, for example certificates.manage,audit.view"))
  .option("--days <number>", "its life in days", parseDays, TOKEN_DAYS.default)
  .option("--name <name>", "what the list of tokens shows", "command line")
  .option("--user <email>", "whose token it is; the first owner's unless given")
  .action(({ org, permissions, days, name, user }) =>
    finish(() => createTokenCommand({ organizationId: org, permissions: permissions.split(","), days, name, user })),
  );

program
  .command("org")
  .description("organizations")
  .command("create")
  .description("make an organization with its first keys")
  .argument("<id>", "lower-case letters, digits and hyphens")
  .option("--name <name>", "its name; the id unless given")
  .option("--owner <email>", "its owner, a member of the default organization; the first owner of that unless given")
  .action((id: string, { name = id, owner }) => finish(() => createOrganizationCommand({ id, name, owner })));

const key = program.command("key").description("signing keys");
key
  .command("status")
  .description("print the state of an organization's signing keys as JSON")
  .addOption(organization())
  .action(({ org }) => finish(() => keyStatusCommand(org)));
key
  .command("rotate")
  .description("make the next key the current one, and print the new state as JSON")
  .addOption(organization())
  .option("--reason <text>", "why, when a verifier may not know the next key yet; kept in the audit log")
  .addOption(
    new Option("--algorithm <name>", "of the new next key").choices(Object.keys(ALGORITHMS) as SigningAlgorithm[]),
  )
  .action(({ org, reason, algorithm }) => finish(() => rotateKeyCommand({ organizationId: org, reason, algorithm })));

const user = program.command("user").description("people, in all organizations at once");
user
  .command("disable")
  .description("shut a person out: portal sessions and sign-ins to applications end, tokens are refused")
  .addOption(required("--email <email>", "whose account"))
  .option("--force", "also the last owner of an organization")
  .action(({ email, force }) => finish(() => setUserDisabledCommand({ email, is_disabled: true, force })));
user
  .command("enable")
  .description("let a person in again, who then signs in anew")
  .addOption(required("--email <email>", "whose account"))
  .action(({ email }) => finish(() => setUserDisabledCommand({ email, is_disabled: false })));

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own message already.
  const exitCode = (error as { exitCode?: number }).exitCode;
  process.exit(exitCode === 0 ? 0 : USAGE_ERROR);
}

function parseDays(value: string): number {
  const days = Number(value);
  if (Number.isInteger(days) && days >= TOKEN_DAYS.minimum && days <= TOKEN_DAYS.maximum) return days;
  throw new InvalidArgumentError(`A whole number from ${TOKEN_DAYS.minimum} to ${TOKEN_DAYS.maximum}.`);
}

/** Runs a command on prepared storage, prints its result and ends the process, whatever timers are left. */
async function finish(command: () => Promise<string>): Promise<void> {
  try {
    await prepareStorage();
    const result = await command();
    await closeDatabase();
    await new Promise((written) => process.stdout.write(`${result}\n`, written));
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

function explain(error: unknown): string {
  if (!isAppError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details = Object.entries(error.details).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  const fields = (error.errors ?? []).map(({ field, message }) => `  ${field}: ${message}`);
  return [`${error.message} (${error.code})`, ...fields, ...details].join("\n");
}
