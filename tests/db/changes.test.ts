import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import {
  announceOrganizationChanged,
  connectToChild,
  connectToParent,
  EVERY_ORGANIZATION,
  onOrganizationChanged,
} from "#lib/db/changes.ts";
import { listenForChanges } from "#lib/db/notifications.ts";
import { changeOrganization } from "#lib/db/transaction.ts";
import { createTestOrganization, describeOnEveryDatabase } from "../support/database.ts";
import { fastestOfFive } from "../support/timing.ts";

type Sent = (error: Error | null) => void;

/** Two ends of a channel as processes have it: messages are copied and arrive later. */
class ChannelEnd extends EventEmitter {
  connected = true;
  other: ChannelEnd | null = null;
  readonly sent: unknown[] = [];

  send(message: unknown, _handle: undefined, _options: undefined, sent: Sent): void {
    if (!this.connected) {
      sent(new Error("channel closed"));
      return;
    }
    this.sent.push(message);
    setImmediate(() => this.other?.emit("message", structuredClone(message)));
    sent(null);
  }
}

function channel(): [ChannelEnd, ChannelEnd] {
  const [parentSide, childSide] = [new ChannelEnd(), new ChannelEnd()];
  parentSide.other = childSide;
  childSide.other = parentSide;
  return [parentSide, childSide];
}

async function heardDuring(work: () => Promise<void>): Promise<string[]> {
  const heard: string[] = [];
  const stop = onOrganizationChanged((organizationId) => heard.push(organizationId));
  await work();
  stop();
  return heard;
}

describe("changes between the portal and the public plane", () => {
  it("are confirmed by the parent before the announcement resolves, and by the child once it has said a word", async () => {
    const [toChild, toParent] = channel();
    connectToChild(toChild);
    connectToParent(toParent);
    const heard = await heardDuring(() => announceOrganizationChanged("acme-corp"));
    // Once in this process, and once as the parent that the other end leads to.
    expect(heard).toEqual(["acme-corp", "acme-corp"]);
    expect(toChild.sent).toEqual([expect.objectContaining({ signet: "confirmed", organizationId: "acme-corp" })]);
    const again = await heardDuring(() => announceOrganizationChanged("acme-corp"));
    // The child counts from now on, so it heard of it as well.
    expect(again).toEqual(["acme-corp", "acme-corp", "acme-corp"]);
    expect(toParent.sent).toContainEqual(expect.objectContaining({ signet: "confirmed", organizationId: "acme-corp" }));
    for (const end of [toChild, toParent]) end.connected = false;
    expect(await heardDuring(() => announceOrganizationChanged("acme-corp"))).toEqual(["acme-corp"]);
  });

  it("never fail or hold a committed change: not when the channel is closed, and two seconds when nobody confirms", async () => {
    const [, toParent] = channel();
    connectToParent(toParent);
    const startedAt = performance.now();
    await announceOrganizationChanged("acme-corp");
    expect(performance.now() - startedAt).toBeGreaterThan(1900);
    toParent.connected = false;
    expect(await fastestOfFive(() => announceOrganizationChanged("acme-corp"))).toBeLessThan(100);
  });
});

describeOnEveryDatabase("changes between machines", (fixture) => {
  it.runIf(fixture.provider === "postgresql")(
    "are heard by LISTEN, and again after the connection was lost",
    async () => {
      await createTestOrganization("acme-corp");
      const admin = new Client({ connectionString: fixture.url });
      await admin.connect();
      const heard: string[] = [];
      const forget = onOrganizationChanged((organizationId) => heard.push(organizationId));
      const stop = listenForChanges(fixture.url);
      const until = async (isSo: () => boolean): Promise<void> => {
        for (let tries = 0; tries < 500 && !isSo(); tries += 1) await setTimeout(10);
        expect(isSo(), `heard ${heard.join(", ")}`).toBe(true);
      };
      await until(() => heard.includes(EVERY_ORGANIZATION));
      heard.length = 0;
      await changeOrganization("acme-corp", async () => undefined);
      // Announced in this process, and heard from the database.
      await until(() => heard.filter((organizationId) => organizationId === "acme-corp").length === 2);
      heard.length = 0;
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signet changes'",
      );
      await until(() => heard.includes(EVERY_ORGANIZATION));
      await admin.query("SELECT pg_notify('signet_changed', 'globex')");
      await until(() => heard.includes("globex"));
      forget();
      await stop();
      await admin.end();
    },
  );
});
