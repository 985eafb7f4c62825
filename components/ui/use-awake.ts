// Tells when the page has come alive in the browser.
"use client";

import { useLayoutEffect, useState } from "react";

/**
 * False on the server and while the browser takes the page over, true in the same breath after it, before any click is handled.
 * What only answers clicks can wait for it, so that the server need not draw it.
 */
export function useAwake(): boolean {
  const [isAwake, setAwake] = useState(false);
  useLayoutEffect(() => setAwake(true), []);
  return isAwake;
}
