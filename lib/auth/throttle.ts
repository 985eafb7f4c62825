import "server-only";
// Slows down guessing at passwords, per account and per address, with counters that all processes share.
import { sha256Base64url } from "../crypto/digest.ts";
import { limiterOf } from "../db/rate-limit.ts";
import { writeAlone } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { networkOf } from "../network.ts";

const FREE_TRIES_PER_ACCOUNT = 5;
const TRIES_PER_ADDRESS = 50;
const ADDRESS_WINDOW_SECONDS = 15 * 60;
/** Counts on until there is a day without a failure or a success. */
const ACCOUNT_MEMORY_SECONDS = 24 * 3600;
const FIRST_DELAY_SECONDS = 30;
const LONGEST_DELAY_SECONDS = 15 * 60;

const FAILURES = { name: "sign-in-failures", times: FREE_TRIES_PER_ACCOUNT, seconds: ACCOUNT_MEMORY_SECONDS };
const PAUSES = { name: "sign-in-pause", times: 1, seconds: FIRST_DELAY_SECONDS };
const ADDRESSES = { name: "sign-in-address", times: TRIES_PER_ADDRESS, seconds: ADDRESS_WINDOW_SECONDS };

/** One try to sign in that was let through. */
export type SignInTry = { succeeded: () => Promise<void> };

/**
 * Counts a try before the password is looked at, so that a thousand tries at once are not a thousand guesses.
 * @throws auth.throttled with `retry_after` in seconds
 */
export async function beginSignInTry(email: string, address: string): Promise<SignInTry> {
  const failures = limiterOf(FAILURES);
  const pauses = limiterOf(PAUSES);
  const addresses = limiterOf(ADDRESSES);
  const account = sha256Base64url(email);
  const network = networkOf(address);
  const pause = await pauses.get(account);
  if (pause !== null) throw throttled(pause.msBeforeNext);
  const fromAddress = await writeAlone(() => addresses.penalty(network, 1));
  if (fromAddress.consumedPoints > TRIES_PER_ADDRESS) throw throttled(fromAddress.msBeforeNext);
  const tries = (await writeAlone(() => failures.penalty(account, 1))).consumedPoints;
  if (tries >= FREE_TRIES_PER_ACCOUNT) {
    const taken = await writeAlone(() => pauses.penalty(account, 1, { customDuration: delaySeconds(tries) }));
    if (taken.consumedPoints > 1) throw throttled(taken.msBeforeNext);
  }
  return {
    succeeded: async () => {
      await writeAlone(() => failures.delete(account));
      await writeAlone(() => pauses.delete(account));
      await writeAlone(() => addresses.reward(network, 1));
    },
  };
}

/** Seconds that an account rests after so many failures: 30, 60, 120 … up to 15 minutes. */
export function delaySeconds(failures: number): number {
  return Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** Math.min(20, failures - FREE_TRIES_PER_ACCOUNT));
}

function throttled(milliseconds: number): AppError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return new AppError("auth.throttled", `Too many failed sign-ins. Try again in ${seconds} seconds.`, {
    details: { retry_after: seconds },
  });
}
