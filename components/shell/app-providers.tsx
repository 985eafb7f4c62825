// What every page needs in the browser: the toasts, and Base UI told to write no style elements (strict CSP).
"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactElement, ReactNode } from "react";
import { ToastRegion } from "#components/ui/toast-region.tsx";

/** Wraps the whole application once, in the root layout. */
export function AppProviders({ children }: { children: ReactNode }): ReactElement {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <ToastRegion />
    </CSPProvider>
  );
}
