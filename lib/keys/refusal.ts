// Words and codes for what the rules refuse; the same for a real call and for a dry run.
import { AppError } from "../errors.ts";
import type { RotationDecision } from "./rotation.ts";
import type { DropDecision } from "./safety.ts";

/** Why a rotation does not happen. */
export function refusalOfRotation(decision: Exclude<RotationDecision<unknown>, { outcome: "rotate" }>): AppError {
  const { current, next } = decision.slots;
  if (decision.outcome === "already_rotated") {
    return new AppError("key.already_rotated", "The signing key has been rotated in the meantime.", {
      details: { current_kid: current.kid },
    });
  }
  const { secondsRemaining, propagatedAt } = decision.propagation;
  return new AppError(
    "key.next_not_propagated",
    `Verifiers may hold a JWKS without the next key for another ${secondsRemaining} s; give a reason to rotate now.`,
    {
      details: {
        seconds_remaining: secondsRemaining,
        propagated_at: propagatedAt.toISOString(),
        current_kid: current.kid,
        next_kid: next.kid,
      },
    },
  );
}

/** Why a key is not dropped. `activeSessions` is how many hold tokens of it. */
export function refusalOfDrop(decision: Exclude<DropDecision, { outcome: "drop" }>, activeSessions: number): AppError {
  switch (decision.outcome) {
    case "no_previous":
      return new AppError("key.no_previous", "There is no previous key.");
    case "not_found":
      return new AppError("key.not_found", "There is no such key.");
    case "not_previous":
      return new AppError(
        "key.not_previous",
        `This key is ${decision.key.state}; only a previous key can be dropped.`,
        {
          details: { kid: decision.key.kid, state: decision.key.state },
        },
      );
    case "not_safe": {
      const { safety, key } = decision;
      return new AppError(
        "key.not_safe_to_drop",
        `Tokens signed by this key may be valid for another ${safety.secondsUntilSafe} s; dropping it now needs force.`,
        {
          details: {
            kid: key.kid,
            seconds_until_safe: safety.secondsUntilSafe,
            safe_at: safety.safeAt.toISOString(),
            active_sessions: activeSessions,
          },
        },
      );
    }
  }
}
