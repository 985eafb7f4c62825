// Lets tooltips share their delay.
"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

/** Wraps the application once. */
export function TooltipProvider({ children }: { children: ReactNode }): ReactElement {
  return <BaseTooltip.Provider delay={400}>{children}</BaseTooltip.Provider>;
}
