// How an action asks who is there: the portal's frame provides the question, any action may need it.
"use client";

import { createContext, useContext } from "react";

/**
 * Asks for the password; resolves with true when it was right, with false when the person did not want to or when the signal
 * takes the question back, as when whatever asked has left the page.
 */
export type ConfirmIdentity = (signal: AbortSignal) => Promise<boolean>;

/** Null outside the portal, where nothing asks. */
export const IdentityConfirmationContext = createContext<ConfirmIdentity | null>(null);

/** The function that asks. */
export function useIdentityConfirmation(): ConfirmIdentity | null {
  return useContext(IdentityConfirmationContext);
}
