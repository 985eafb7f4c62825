// Reads and checks the configuration once; nothing else touches process.env.
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { AppError } from "./errors.ts";

const EXAMPLE_VALUES = ["change-me", "changeme", "example", "secret", "password"];
const DATA_FOLDER = "data";

/** What each variable means; `.env.example` lists the same names (a house test compares them). */
export const environmentSchema = z.object({
  SIGNET_MODE: z.enum(["development", "production"]).default("development"),
  SIGNET_PUBLIC_URL: z.string().optional(),
  DATABASE_URL: z.string().default(`file:./${DATA_FOLDER}/signet.db`),
  SIGNET_MASTER_KEY: z.string().optional(),
  SIGNET_MASTER_KEY_FILE: z.string().optional(),
  NEXTAUTH_SECRET: z.string().optional(),
  SIGNET_ADMIN_EMAIL: z.string().optional(),
  SIGNET_ADMIN_PASSWORD: z.string().optional(),
  SIGNET_DEFAULT_ORG: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
    .default("acme-corp"),
  SIGNET_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().optional(),
  SIGNET_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
});

/** The checked configuration. `publicUrl` has no trailing slash; `masterKey` is 32 bytes. */
export type Environment = {
  mode: "development" | "production";
  publicUrl: string;
  database: { provider: "sqlite" | "postgresql"; url: string };
  masterKey: Buffer;
  nextAuthSecret: string;
  adminEmail: string | undefined;
  adminPassword: string | undefined;
  defaultOrganizationId: string;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "silent";
  port: number;
  host: string;
  /** How many proxies of ours stand in front, each adding to X-Forwarded-For. */
  trustedProxies: number;
};

/**
 * The configuration of this process, read once.
 * @throws configuration.invalid naming everything that is missing or unsafe
 */
export function env(): Environment {
  if (!cached) {
    cached = readEnvironment(process.env);
    // next-auth reads its own address from nowhere else.
    process.env.NEXTAUTH_URL = cached.publicUrl;
  }
  return cached;
}

let cached: Environment | undefined;

/** True under `next dev`, whose pages need more from the browser than built ones. */
export function isDevelopmentServer(): boolean {
  return process.env.NODE_ENV === "development";
}

/** Takes variables that are not set from `.env`, as Next does, and says to every library which kind of run this is. */
export function loadEnvironmentFile(nodeEnvironment: "production" | "development"): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
  (process.env as Record<string, string | undefined>).NODE_ENV ??= nodeEnvironment;
}

/** Lets the next {@link env} read the variables again; for tests, which change them. */
export function forgetEnvironment(): void {
  cached = undefined;
}

/**
 * Checks a set of variables.
 * @throws configuration.invalid naming everything that is missing or unsafe
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(filled);
  if (!parsed.success) {
    throw refusal(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  }
  const values = parsed.data;
  const problems: string[] = [];
  const isProduction = values.SIGNET_MODE === "production";
  const publicUrl = checkPublicUrl(values.SIGNET_PUBLIC_URL, values.PORT, isProduction, problems);
  const database = checkDatabaseUrl(values.DATABASE_URL, problems);
  const masterKey = checkMasterKey(values, isProduction, problems);
  const nextAuthSecret = checkNextAuthSecret(values.NEXTAUTH_SECRET, isProduction, problems);
  if (values.SIGNET_ADMIN_PASSWORD !== undefined && values.SIGNET_ADMIN_PASSWORD.length < 10) {
    problems.push("SIGNET_ADMIN_PASSWORD: at least 10 characters");
  }
  if (problems.length > 0) throw refusal(problems);
  return {
    mode: values.SIGNET_MODE,
    publicUrl,
    database,
    masterKey,
    nextAuthSecret,
    adminEmail: values.SIGNET_ADMIN_EMAIL,
    adminPassword: values.SIGNET_ADMIN_PASSWORD,
    defaultOrganizationId: values.SIGNET_DEFAULT_ORG,
    logLevel: values.SIGNET_LOG_LEVEL,
    port: values.PORT,
    host: values.HOST ?? (isProduction ? "0.0.0.0" : "127.0.0.1"),
    trustedProxies: values.SIGNET_TRUSTED_PROXIES,
  };
}

function refusal(problems: string[]): AppError {
  return new AppError(
    "configuration.invalid",
    `Signet cannot start:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
    {
      details: { problems },
    },
  );
}

function checkPublicUrl(value: string | undefined, port: number, isProduction: boolean, problems: string[]): string {
  if (value === undefined) {
    if (isProduction) problems.push("SIGNET_PUBLIC_URL: required in production, an https URL");
    return `http://localhost:${port}`;
  }
  if (!URL.canParse(value)) {
    problems.push("SIGNET_PUBLIC_URL: not a URL");
    return value;
  }
  const url = new URL(value);
  if (isProduction && url.protocol !== "https:") problems.push("SIGNET_PUBLIC_URL: must be https in production");
  if (!["http:", "https:"].includes(url.protocol)) problems.push("SIGNET_PUBLIC_URL: must be http or https");
  if (url.search !== "" || url.hash !== "" || url.pathname !== "/") {
    problems.push("SIGNET_PUBLIC_URL: an origin only, without path, query or fragment");
  }
  return url.origin;
}

function checkDatabaseUrl(value: string, problems: string[]): Environment["database"] {
  if (/^postgres(ql)?:\/\//.test(value)) return { provider: "postgresql", url: value };
  if (!value.startsWith("file:")) problems.push("DATABASE_URL: must begin with file: or postgresql://");
  return { provider: "sqlite", url: value };
}

function checkMasterKey(values: z.infer<typeof environmentSchema>, isProduction: boolean, problems: string[]): Buffer {
  const none = Buffer.alloc(0);
  let encoded = values.SIGNET_MASTER_KEY;
  if (encoded === undefined && values.SIGNET_MASTER_KEY_FILE !== undefined) {
    try {
      encoded = readFileSync(values.SIGNET_MASTER_KEY_FILE, "utf8").trim();
    } catch {
      problems.push("SIGNET_MASTER_KEY_FILE: cannot be read");
      return none;
    }
  }
  if (encoded === undefined) {
    if (isProduction) {
      problems.push("SIGNET_MASTER_KEY or SIGNET_MASTER_KEY_FILE: required in production, 32 bytes in base64");
      return none;
    }
    encoded = readOrInvent("master.key");
  }
  const key = Buffer.from(encoded, "base64");
  if (key.length !== 32 || key.toString("base64").replace(/=+$/, "") !== encoded.trim().replace(/=+$/, "")) {
    problems.push("SIGNET_MASTER_KEY: must be exactly 32 bytes in base64");
    return none;
  }
  if (new Set(key).size < 8) problems.push("SIGNET_MASTER_KEY: an example or low-entropy value");
  return key;
}

function checkNextAuthSecret(value: string | undefined, isProduction: boolean, problems: string[]): string {
  if (value === undefined) {
    if (!isProduction) return readOrInvent("nextauth.secret");
    problems.push("NEXTAUTH_SECRET: required in production, at least 32 random characters");
    return "";
  }
  if (isProduction && (value.length < 32 || EXAMPLE_VALUES.some((example) => value.toLowerCase().includes(example)))) {
    problems.push("NEXTAUTH_SECRET: too short or an example value; use at least 32 random characters");
  }
  return value;
}

/** Development only: a secret kept in the data folder, made once; two processes starting together agree on one. */
function readOrInvent(name: string): string {
  const file = resolve(DATA_FOLDER, name);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      unlinkSync(draft);
    }
  }
  return readFileSync(file, "utf8").trim();
}
