// A labelled part of a menu, separated from what stands above it.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

type MenuGroupProps = { label: string; isLabelHidden?: boolean; children: ReactNode };

/** A group of menu rows with a label. */
export function MenuGroup({ label, isLabelHidden = false, children }: MenuGroupProps): ReactElement {
  return (
    <BaseMenu.Group className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1">
      <BaseMenu.GroupLabel className={isLabelHidden ? "sr-only" : "px-2 pt-1.5 pb-1 text-2xs font-medium text-faint"}>
        {label}
      </BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}
