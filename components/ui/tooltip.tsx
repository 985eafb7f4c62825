// A few words about a control, on hover and on focus; never the only place where something is said.
"use client";

import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

type TooltipProps = {
  text: ReactNode;
  /** The control, a native button that has its own accessible name. */
  children: ReactElement;
};

/** Adds a tooltip to a button. */
export function Tooltip({ text, children }: TooltipProps): ReactElement {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="max-w-xs rounded-sm bg-ink px-2 py-1 text-xs font-medium text-canvas transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
