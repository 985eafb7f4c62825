// The public plane: answers the machine endpoints straight from node:http, and runs the portal as a child behind it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { env, loadEnvironmentFile } from "#lib/env.ts";
import { isAppError } from "#lib/errors.ts";
import { closeGracefully, createPublicServer, listenOn } from "#lib/http/public-server.ts";
import { log } from "#lib/log.ts";
import { createPortalProxy } from "#lib/portal/proxy.ts";
import { type Portal, supervisePortal } from "#lib/portal/supervisor.ts";
import { noteStartState } from "#lib/start-state.ts";

/** The folder of package.json: relative paths of the configuration, the migrations and Next's build start there. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PORTAL_ENTRY = fileURLToPath(new URL("./portal.js", import.meta.url));

// The heap is collected when it has doubled. V8 would let it quadruple under load: 120 MB more of garbage, for no more tokens.
setFlagsFromString("--heap-growing-percent=100");

process.on("uncaughtException", (error) => log().fatal({ err: error }, "uncaught exception; keys go on being served"));
process.on("unhandledRejection", (error) => log().error({ err: error }, "unhandled rejection"));

try {
  await run();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  process.chdir(ROOT);
  loadEnvironmentFile("production");
  const configuration = env();
  if (!existsSync(PORTAL_ENTRY)) throw new Error("There is no build; run `npm run build` first.");
  // The portal loads while this process prepares the database, and serves only what comes through here.
  const portal = supervisePortal(PORTAL_ENTRY, {
    onReady: (port) => log().info({ port }, "the portal serves"),
    onEnd: (end) => log().error(end, "the portal ended; starting it again"),
  });
  try {
    await serve(portal, configuration);
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

async function serve(portal: Portal, { port, host, publicUrl }: ReturnType<typeof env>): Promise<void> {
  const [{ start }, { answerPublicPlane }] = await Promise.all([
    import("#lib/start.ts"),
    import("#lib/public-plane.ts"),
  ]);
  const undoStart = await start();
  const passOn = createPortalProxy(portal.port);
  const server = createPublicServer((request, response, path) => {
    if (!answerPublicPlane(request, response, path)) passOn(request, response, path);
  });
  const listening = await listenOn(server, { port, host });
  log().info({ port: listening, host, publicUrl }, "Signet serves");
  let isStopping = false;
  const end = async (signal: string): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    log().info({ signal }, "stopping");
    noteStartState("stopping");
    await closeGracefully(server);
    await portal.stop();
    await undoStart();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void end(signal));
}

function explain(error: unknown): string {
  if (isAppError(error)) return error.message;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === "EADDRINUSE") return `Port ${env().port} is taken; stop what uses it, or set PORT to another one.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
