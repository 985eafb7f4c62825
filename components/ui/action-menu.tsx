// The 3-dot menu of a card or a row.
"use client";

import { EllipsisVertical } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu } from "#components/ui/menu.tsx";

type ActionMenuProps = {
  /** Whose actions they are, such as "Actions for the current key". */
  label: string;
  children: ReactNode;
};

/** A 3-dot button with a menu of MenuItem rows; the dots, not the button around them, end where the content ends. */
export function ActionMenu({ label, children }: ActionMenuProps): ReactElement {
  return (
    <Menu
      trigger={
        <IconButton
          label={label}
          icon={<EllipsisVertical className="size-4" aria-hidden="true" />}
          className="-mr-2 pointer-coarse:-mr-3.5"
        />
      }
    >
      {children}
    </Menu>
  );
}
