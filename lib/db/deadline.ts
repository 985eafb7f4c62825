import "server-only";
// Bounds how long an answer waits for storage.
import { AppError } from "../errors.ts";

/** The result if it comes in time; later results and failures are left alone. @throws storage.unavailable */
export async function within<Result>(milliseconds: number, result: Promise<Result>): Promise<Result> {
  let bound: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    bound = setTimeout(
      () => reject(new AppError("storage.unavailable", "Storage did not answer in time.")),
      milliseconds,
    );
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(bound);
  }
}
