import { expect, test } from "vitest";
import { signIn } from "#lib/auth/service.ts";
import { database } from "#lib/db/client.ts";
import { isAppError } from "#lib/errors.ts";
import { ensureFirstOwner } from "#lib/organizations/first-owner.ts";
import { describeOnEveryDatabase, useEnvironment } from "../support/database.ts";

const origin = { address: "192.0.2.1", userAgent: "a browser", requestId: "test" };

describeOnEveryDatabase("the first owner", (fixture) => {
  test("production names what is missing and makes nothing", async () => {
    await useEnvironment({
      DATABASE_URL: fixture.url,
      SIGNET_MODE: "production",
      SIGNET_PUBLIC_URL: "https://id.example.com",
      NEXTAUTH_SECRET: "Zk3vN8qLx1Rt6Yw0Pb5Hc9Jd2Gf7Ms4A",
    });
    const error: unknown = await ensureFirstOwner().catch((reason: unknown) => reason);
    expect(isAppError(error, "configuration.invalid") && error.message).toContain("SIGNET_ADMIN_EMAIL");
    expect(isAppError(error) && error.message).toContain("SIGNET_ADMIN_PASSWORD");
    expect(await database().organization.count()).toBe(0);
    await useEnvironment({ DATABASE_URL: fixture.url });
  });

  test("of several starts at once one invents a password, which works", async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => ensureFirstOwner()));
    const made = answers.filter((answer) => answer !== null);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ organizationId: "acme-corp", email: "admin@example.com" });
    const password = made[0]?.inventedPassword ?? "";
    expect(password.length).toBeGreaterThanOrEqual(16);
    await signIn({ email: "admin@example.com", password }, origin);
    expect(await database().membership.count()).toBe(1);
    expect(await database().signingKey.count({ where: { organizationId: "acme-corp" } })).toBe(2);
  });

  test("a later start finds an owner and changes nothing, whatever the variables say now", async () => {
    await useEnvironment({
      DATABASE_URL: fixture.url,
      SIGNET_ADMIN_EMAIL: "other@example.com",
      SIGNET_ADMIN_PASSWORD: "another password",
    });
    expect(await ensureFirstOwner()).toBeNull();
    expect(await database().user.count()).toBe(1);
  });
});
