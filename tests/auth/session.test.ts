import { describe, expect, test } from "vitest";
import {
  ABSOLUTE_LIMIT_SECONDS,
  IDLE_LIMIT_SECONDS,
  isPortalSessionAlive,
  isProofFresh,
  isTouchDue,
  type PortalSessionState,
  PROOF_LIMIT_SECONDS,
} from "#lib/auth/session.ts";

const start = new Date("2026-11-22T08:00:00Z");
const secondsLater = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const session: PortalSessionState = {
  lastSeenAt: start,
  expiresAt: secondsLater(ABSOLUTE_LIMIT_SECONDS),
  revokedAt: null,
  user: { disabledAt: null },
};

describe("when a portal session ends", () => {
  test("N1: it ends when nobody used it for the idle limit, to the second", () => {
    expect(isPortalSessionAlive(session, secondsLater(IDLE_LIMIT_SECONDS - 1))).toBe(true);
    expect(isPortalSessionAlive(session, secondsLater(IDLE_LIMIT_SECONDS))).toBe(false);
  });

  test("N1: it ends at the absolute limit however busy it is", () => {
    const busy = { ...session, lastSeenAt: secondsLater(ABSOLUTE_LIMIT_SECONDS - 1) };
    expect(isPortalSessionAlive(busy, secondsLater(ABSOLUTE_LIMIT_SECONDS - 1))).toBe(true);
    expect(isPortalSessionAlive(busy, secondsLater(ABSOLUTE_LIMIT_SECONDS))).toBe(false);
  });

  test("N1: it ends at once when it is revoked or the person is disabled", () => {
    expect(isPortalSessionAlive({ ...session, revokedAt: start }, start)).toBe(false);
    expect(isPortalSessionAlive({ ...session, user: { disabledAt: start } }, start)).toBe(false);
  });

  test("N1: a sign-in proves who is there for 15 minutes, to the second, whatever is done meanwhile", () => {
    expect(PROOF_LIMIT_SECONDS).toBe(900);
    expect(isProofFresh({ signedInAt: start }, secondsLater(899))).toBe(true);
    expect(isProofFresh({ signedInAt: start }, secondsLater(900))).toBe(false);
  });

  test("its last use is written at most once a minute", () => {
    expect(isTouchDue(session, secondsLater(59))).toBe(false);
    expect(isTouchDue(session, secondsLater(60))).toBe(true);
  });
});
