// The 3-dot menu of a card.
"use client";

import type { ReactElement, ReactNode } from "react";
import { ActionButton } from "#components/ui/action-button.tsx";
import { Menu } from "#components/ui/menu.tsx";

type ActionMenuProps = {
  /** Whose actions they are, such as "Actions for the current key". */
  label: string;
  children: ReactNode;
};

/** A 3-dot button with a menu of MenuItem rows. */
export function ActionMenu({ label, children }: ActionMenuProps): ReactElement {
  return <Menu trigger={<ActionButton label={label} />}>{children}</Menu>;
}
