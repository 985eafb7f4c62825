// The one logger: JSON lines on standard error, with anything that could be a secret taken out.
import pino, { type Logger } from "pino";
import { env } from "./env.ts";

const SECRET_PATHS = ["authorization", "cookie", "password", "client_secret", "private_key_pem", "passphrase", "token"];

/** The logger of this process. */
export function log(): Logger {
  logger ??= pino(
    {
      level: env().logLevel,
      base: undefined,
      redact: { paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`]), censor: "[redacted]" },
    },
    pino.destination({ fd: 2, sync: true }),
  );
  return logger;
}

let logger: Logger | undefined;
