// Where the focus goes when a dialog closes whose success takes away what opened it.
"use client";

import { useCallback, useRef } from "react";

/** `finalFocus` is for the dialog; `noteOpenerGone` is to be called when it has succeeded. */
export type FinalFocus = { finalFocus: () => HTMLElement | true | null; noteOpenerGone: () => void };

/** Back to the opener as long as there is one, then to the element with this id. */
export function useFinalFocus(fallbackId = "main"): FinalFocus {
  const isGone = useRef(false);
  const finalFocus = useCallback(
    (): HTMLElement | true | null => (isGone.current ? document.getElementById(fallbackId) : true),
    [fallbackId],
  );
  const noteOpenerGone = useCallback((): void => {
    isGone.current = true;
  }, []);
  return { finalFocus, noteOpenerGone };
}
