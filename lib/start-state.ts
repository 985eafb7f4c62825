import "server-only";

// How far this process is with its start, and which of the two processes it is.

type State = "starting" | "started" | "stopping";
type Progress = { state: State; isPortal: boolean };

// A bundle may load its own copy of this module, so the process's one state hangs on globalThis.
const holder = globalThis as typeof globalThis & { signetStart?: Progress };

function progress(): Progress {
  holder.signetStart ??= { state: "starting", isPortal: false };
  return holder.signetStart;
}

/** How far this process is. */
export function startState(): State {
  return progress().state;
}

/** Notes how far this process is; `stopping` counts as not ready, so that nothing new is sent to it. */
export function noteStartState(state: State): void {
  progress().state = state;
}

/** True in the process that the public plane started for the portal. */
export function isPortalProcess(): boolean {
  return progress().isPortal;
}

/** Notes that this is the portal's process: the public plane has prepared everything. */
export function notePortalProcess(): void {
  progress().isPortal = true;
}
