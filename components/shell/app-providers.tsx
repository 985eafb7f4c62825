// What every page needs around it in the browser: toasts, tooltips, and Base UI told to write no style elements (strict CSP).
"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactElement, ReactNode } from "react";
import { ToastRegion } from "#components/ui/toast-region.tsx";
import { TooltipProvider } from "#components/ui/tooltip-provider.tsx";

/** Wraps the whole application once, in the root layout. */
export function AppProviders({ children }: { children: ReactNode }): ReactElement {
  return (
    <CSPProvider disableStyleElements>
      <TooltipProvider>
        <ToastRegion>{children}</ToastRegion>
      </TooltipProvider>
    </CSPProvider>
  );
}
