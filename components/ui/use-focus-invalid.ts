// Leads to the first field that was refused, so that nobody has to look for it.
"use client";

import { type RefObject, useEffect } from "react";

/** Focuses the first invalid control inside `container` whenever `failure` becomes another one. */
export function useFocusInvalid(container: RefObject<HTMLElement | null>, failure: object | null): void {
  useEffect(() => {
    if (failure !== null) container.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [container, failure]);
}
