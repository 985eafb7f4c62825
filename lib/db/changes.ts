import "server-only";
// Tells every cache, in every process, that an organization has changed; caches listen here and are never called.
import { EventEmitter } from "node:events";

const CONFIRMATION_BOUND_MILLISECONDS = 2000;

/** Stands for "any organization may have changed", for example after a lost connection. */
export const EVERY_ORGANIZATION = "*";

type ChangeMessage = { signet: "changed" | "confirmed"; id: number; organizationId: string };
/** One end of an IPC channel: `process` in a child, the child in its parent. */
type Channel = {
  connected?: boolean;
  send?:
    | ((message: ChangeMessage, handle: undefined, options: undefined, sent: (error: Error | null) => void) => unknown)
    | undefined;
  on: (event: "message", listener: (message: unknown) => void) => unknown;
};

type Wiring = {
  emitter: EventEmitter;
  parent: Channel | null;
  waiting: Map<number, () => void>;
  lastId: number;
};

// One wiring per process, not per bundle copy of this module.
const holder = globalThis as typeof globalThis & { signetChanges?: Wiring };

function wiring(): Wiring {
  holder.signetChanges ??= {
    emitter: new EventEmitter().setMaxListeners(0),
    parent: null,
    waiting: new Map(),
    lastId: 0,
  };
  return holder.signetChanges;
}

/** Calls the listener with the organization's id, or {@link EVERY_ORGANIZATION}, at each committed change; returns how to stop. */
export function onOrganizationChanged(listener: (organizationId: string) => void): () => void {
  const { emitter } = wiring();
  emitter.on("changed", listener);
  return () => emitter.off("changed", listener);
}

/** Announces a committed change here and, in a child process, to its parent; resolves when that confirmed or 2 s have passed. */
export async function announceOrganizationChanged(organizationId: string): Promise<void> {
  const wires = wiring();
  wires.emitter.emit("changed", organizationId);
  const { parent } = wires;
  if (parent === null || parent.connected === false) return;
  wires.lastId += 1;
  const id = wires.lastId;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(bound);
      wires.waiting.delete(id);
      resolve();
    };
    const bound = setTimeout(done, CONFIRMATION_BOUND_MILLISECONDS);
    wires.waiting.set(id, done);
    sendOver(parent, { signet: "changed", id, organizationId }, done);
  });
}

/** The change is committed already, so a channel that has just closed must not fail its caller: `failed` is called instead. */
function sendOver(channel: Channel, message: ChangeMessage, failed: () => void): void {
  try {
    channel.send?.(message, undefined, undefined, (error) => {
      if (error) failed();
    });
  } catch {
    failed();
  }
}

/** Marks a change heard from another machine or process: it reaches this process's caches, and goes no further. */
export function receiveOrganizationChanged(organizationId: string): void {
  wiring().emitter.emit("changed", organizationId);
}

/** In a child process: changes go to the parent, and its confirmations come back. */
export function connectToParent(parent: Channel): void {
  const wires = wiring();
  wires.parent = parent;
  parent.on("message", (message) => {
    if (isChangeMessage(message) && message.signet === "confirmed") wires.waiting.get(message.id)?.();
  });
}

/** In a parent process: changes of the child reach this process's caches and are confirmed at once. */
export function connectToChild(child: Channel): void {
  child.on("message", (message) => {
    if (!isChangeMessage(message) || message.signet !== "changed") return;
    receiveOrganizationChanged(message.organizationId);
    sendOver(child, { ...message, signet: "confirmed" }, () => undefined);
  });
}

function isChangeMessage(message: unknown): message is ChangeMessage {
  return typeof message === "object" && message !== null && "signet" in message;
}
