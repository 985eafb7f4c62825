// Tells what is drawn by the browser from what the server drew.
"use client";

import { useSyncExternalStore } from "react";

/** False on the server and while the browser takes its page over, true from then on. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
