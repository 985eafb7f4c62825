import "server-only";
// Bounds how long an answer waits for storage.
import { AppError } from "../errors.ts";

/** The result if it comes in time; later results and failures are left alone. @throws storage.unavailable */
export async function within<Result>(milliseconds: number, result: Promise<Result>): Promise<Result> {
  let bound: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new AppError("storage.unavailable", "Storage did not answer in time.");
    bound = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(bound);
  }
}
