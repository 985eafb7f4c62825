// How long the built product takes from the command to its first answers, on a database that exists.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { setTimeout } from "node:timers/promises";
import { startSignetServer } from "../support/signet-server.ts";
import { quantile } from "./load.ts";

/** Medians in seconds. */
export async function measureStarts(times: number): Promise<{ jwks: number; page: number }> {
  const server = await startSignetServer();
  await server.crash();
  const jwks: number[] = [];
  const page: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    const child = spawn(process.execPath, ["dist/server.js"], {
      env: { ...process.env, NODE_OPTIONS: "", ...server.environment },
      stdio: "ignore",
    });
    const port = Number(server.environment.PORT);
    const since = async (path: string): Promise<number> => {
      while ((await statusOf(port, path)) !== 200) await setTimeout(3);
      return (performance.now() - startedAt) / 1000;
    };
    const [toJwks, toPage] = await Promise.all([since("/.well-known/jwks.json"), since("/sign-in")]);
    jwks.push(toJwks);
    page.push(toPage);
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  }
  await server.stop();
  return { jwks: quantile(jwks, 0.5), page: quantile(page, 0.5) };
}

function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", () => resolve(0));
  });
}
