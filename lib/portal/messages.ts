// What the portal's process and the public plane say to each other over their channel, apart from changes of organizations.

/** The child serves pages on this port of 127.0.0.1. */
export type PortalReadyMessage = { portal: "ready"; port: number };

/** From the parent whenever it changes: whether the public plane has about as much to do as it can. */
export type LoadMessage = { publicPlane: "busy" | "free" };

/** True for the message of a portal that serves. */
export function isPortalReadyMessage(message: unknown): message is PortalReadyMessage {
  return typeof message === "object" && message !== null && (message as { portal?: unknown }).portal === "ready";
}

/** True for the message of the public plane about its load. */
export function isLoadMessage(message: unknown): message is LoadMessage {
  return typeof message === "object" && message !== null && "publicPlane" in message;
}
