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
  /** The other processes of this machine that have to hear of changes. */
  peers: Set<Channel>;
  waiting: Map<number, () => void>;
  lastId: number;
};

// One wiring per process, not per bundle copy of this module.
const holder = globalThis as typeof globalThis & { signetChanges?: Wiring };

function wiring(): Wiring {
  holder.signetChanges ??= {
    emitter: new EventEmitter().setMaxListeners(0),
    peers: new Set(),
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

/**
 * Announces a committed change here and to the other processes of this machine; resolves when they have confirmed it or 2 s
 * have passed.
 */
export async function announceOrganizationChanged(organizationId: string): Promise<void> {
  const { emitter, peers } = wiring();
  emitter.emit("changed", organizationId);
  for (const peer of peers) if (peer.connected === false) peers.delete(peer);
  if (peers.size > 0) await Promise.all([...peers].map((peer) => announceTo(peer, organizationId)));
}

function announceTo(peer: Channel, organizationId: string): Promise<void> {
  const wires = wiring();
  wires.lastId += 1;
  const id = wires.lastId;
  return new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(bound);
      wires.waiting.delete(id);
      resolve();
    };
    const bound = setTimeout(done, CONFIRMATION_BOUND_MILLISECONDS);
    wires.waiting.set(id, done);
    sendOver(peer, { signet: "changed", id, organizationId }, done);
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

/** In a child process: changes go to the parent and come from it; each is confirmed. */
export function connectToParent(parent: Channel): void {
  wiring().peers.add(parent);
  parent.on("message", (message) => hear(parent, message));
}

/** In a parent process: the same for a child, from its first word on; one that is starting has nothing to forget yet. */
export function connectToChild(child: Channel): void {
  child.on("message", (message) => {
    wiring().peers.add(child);
    hear(child, message);
  });
}

function hear(peer: Channel, message: unknown): void {
  if (!isChangeMessage(message)) return;
  if (message.signet === "confirmed") {
    wiring().waiting.get(message.id)?.();
    return;
  }
  receiveOrganizationChanged(message.organizationId);
  sendOver(peer, { ...message, signet: "confirmed" }, () => undefined);
}

function isChangeMessage(message: unknown): message is ChangeMessage {
  return typeof message === "object" && message !== null && "signet" in message;
}
