import "server-only";
// Bounds the costly work on certificates: how much an organization has running at a time, and how much one of its people
// or programs may ask for in a minute.
import type { Actor } from "../auth/actor.ts";
import { type Allowance, secondsUntilAllowed } from "../db/rate-limit.ts";
import { AppError } from "../errors.ts";

/** At most this many at a time and organization; making RSA 4096 takes seconds of a core, an upload milliseconds. */
const MAXIMUM_RUNNING = { generate: 16, upload: 32 } as const;
const RETRY_SECONDS = 5;

/** What needs a bound. Previews and renewals count as uploads. */
export type Work = keyof typeof MAXIMUM_RUNNING;

/** Far beyond what a person, or a script that moves a whole company, asks for. */
export const ALLOWANCES: Record<Work, Allowance> = {
  generate: { name: "certificate-generate", times: 120, seconds: 60 },
  upload: { name: "certificate-upload", times: 600, seconds: 60 },
};

const running = new Map<string, number>();

/**
 * Runs `work` unless its actor has asked for too much of its kind, or too much of it runs already.
 * @throws request.too_many with retry_after in seconds
 */
export async function withinWorkload<Result>(actor: Actor, kind: Work, work: () => Promise<Result>): Promise<Result> {
  await refuseHaste(actor, kind);
  const key = `${kind} ${actor.organizationId}`;
  const count = running.get(key) ?? 0;
  if (count >= MAXIMUM_RUNNING[kind]) {
    throw tooMany("Too many certificates are being worked on at the same time; try again soon.", RETRY_SECONDS);
  }
  running.set(key, count + 1);
  try {
    return await work();
  } finally {
    const left = (running.get(key) ?? 1) - 1;
    if (left === 0) running.delete(key);
    else running.set(key, left);
  }
}

/** A person counts once, however many tokens and sessions it has. */
async function refuseHaste({ organizationId, type, id, userId }: Actor, kind: Work): Promise<void> {
  const who = userId === null ? `${type} ${id}` : `user ${userId}`;
  const seconds = await secondsUntilAllowed(ALLOWANCES[kind], `${organizationId} ${who}`);
  if (seconds === 0) return;
  const { times, seconds: span } = ALLOWANCES[kind];
  const what = kind === "generate" ? "certificates can be generated" : "pairs can be uploaded or looked at";
  throw tooMany(`At most ${times} ${what} in ${span} seconds. Try again in ${seconds} seconds.`, seconds);
}

function tooMany(message: string, seconds: number): AppError {
  return new AppError("request.too_many", message, { details: { retry_after: seconds } });
}
