// Bounds how much of the costly work on certificates one organization can have running at a time, so that none starves another.
import { AppError } from "../errors.ts";

/** At most this many at a time and organization; making RSA 4096 takes seconds of a core, an upload milliseconds. */
const MAXIMUM_RUNNING = { generate: 16, upload: 32 } as const;
const RETRY_SECONDS = 5;

const running = new Map<string, number>();

/** Runs `work` unless too much of its kind runs already. @throws request.too_many with retry_after in seconds */
export async function withinWorkload<Result>(
  organizationId: string,
  kind: keyof typeof MAXIMUM_RUNNING,
  work: () => Promise<Result>,
): Promise<Result> {
  const key = `${kind} ${organizationId}`;
  const count = running.get(key) ?? 0;
  if (count >= MAXIMUM_RUNNING[kind]) {
    throw new AppError(
      "request.too_many",
      "Too many certificates are being worked on at the same time; try again soon.",
      {
        details: { retry_after: RETRY_SECONDS },
      },
    );
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
