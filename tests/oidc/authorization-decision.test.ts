import { describe, expect, it } from "vitest";
import { type AskedOfPerson, decideAuthorization, type PersonPresent } from "#lib/oidc/authorization-decision.ts";
import type { Prompt } from "#lib/oidc/authorization-request.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

function secondsAgo(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

function decide(
  asked: Partial<Omit<AskedOfPerson, "prompts">> & { prompts?: Prompt[] },
  person: Partial<NonNullable<PersonPresent>> | null,
  now = NOW,
): unknown {
  const { prompts = [], ...rest } = asked;
  return decideAuthorization(
    { maxAge: null, hintedUserId: null, askedAt: secondsAgo(10), ...rest, prompts: new Set(prompts) },
    person && { userId: "ada", signedInAt: secondsAgo(600), isMember: true, hasConsented: true, ...person },
    now,
  );
}

// https://openid.net/specs/openid-connect-core-1_0.html#Authenticates
describe("what comes next for an authorization request", () => {
  it("is the code for a member who is signed in, and the sign-in for nobody", () => {
    expect(decide({}, {})).toEqual({ step: "issue" });
    expect(decide({}, null)).toEqual({ step: "sign_in" });
  });

  it("O10: prompt=none never shows a page, and says what a page would have been for", () => {
    const silent: { prompts: Prompt[] } = { prompts: ["none"] };
    expect(decide(silent, {})).toEqual({ step: "issue" });
    expect(decide(silent, null)).toMatchObject({ step: "refuse", error: "login_required" });
    expect(decide(silent, { hasConsented: false })).toMatchObject({ error: "consent_required" });
    expect(decide(silent, { isMember: false })).toMatchObject({ error: "access_denied" });
    expect(decide({ ...silent, maxAge: 1 }, {})).toMatchObject({ error: "login_required" });
    expect(decide({ ...silent, hintedUserId: "bob" }, {})).toMatchObject({ error: "login_required" });
  });

  it("O10: prompt=login wants a sign-in after the request came, and is content with one", () => {
    expect(decide({ prompts: ["login"] }, {})).toEqual({ step: "sign_in" });
    expect(decide({ prompts: ["login"] }, { signedInAt: secondsAgo(11) })).toEqual({ step: "sign_in" });
    expect(decide({ prompts: ["login"] }, { signedInAt: secondsAgo(9) })).toEqual({ step: "issue" });
  });

  it("O10: max_age counts from the sign-in, and 0 means one for this very request, however slow the person is", () => {
    expect(decide({ maxAge: 600 }, {})).toEqual({ step: "issue" });
    expect(decide({ maxAge: 599 }, {})).toEqual({ step: "sign_in" });
    expect(decide({ maxAge: 0 }, { signedInAt: secondsAgo(11) })).toEqual({ step: "sign_in" });
    expect(decide({ maxAge: 0 }, { signedInAt: secondsAgo(9) })).toEqual({ step: "issue" });
  });

  it("a sign-in that lies in the future proves nothing, since clocks can be put back", () => {
    expect(decide({ prompts: ["login"] }, { signedInAt: secondsAgo(-3600) })).toEqual({ step: "sign_in" });
    expect(decide({ prompts: ["login"] }, { signedInAt: secondsAgo(-30) })).toEqual({ step: "issue" });
  });

  it("O10: an id_token_hint of somebody else leads to the sign-in once, and then to an error instead of a loop", () => {
    expect(decide({ hintedUserId: "ada" }, {})).toEqual({ step: "issue" });
    expect(decide({ hintedUserId: "bob" }, {})).toEqual({ step: "sign_in" });
    expect(decide({ hintedUserId: "bob" }, { signedInAt: secondsAgo(9) })).toMatchObject({ error: "login_required" });
  });

  it("a person of another organization gets a page, whatever else is asked", () => {
    expect(decide({ prompts: ["consent"] }, { isMember: false, hasConsented: false })).toEqual({
      step: "ask",
      about: "membership",
    });
  });

  it("consent is asked for when it is missing or wanted again, the account when it is to be chosen", () => {
    expect(decide({}, { hasConsented: false })).toEqual({ step: "ask", about: "consent" });
    expect(decide({ prompts: ["consent"] }, {})).toEqual({ step: "ask", about: "consent" });
    expect(decide({ prompts: ["select_account"] }, {})).toEqual({ step: "ask", about: "account" });
    expect(decide({ prompts: ["select_account"] }, { signedInAt: secondsAgo(9) })).toEqual({ step: "issue" });
    expect(decide({ prompts: ["select_account", "consent"] }, {})).toEqual({ step: "ask", about: "consent" });
    expect(decide({ prompts: ["login", "consent"] }, {})).toEqual({ step: "sign_in" });
  });
});
