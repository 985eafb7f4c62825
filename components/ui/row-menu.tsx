// The one menu of a list, for whichever row's button was pressed.
"use client";

import type { ReactElement, ReactNode } from "react";
import { MenuPopup } from "#components/ui/menu-popup.tsx";
import type { MenuHandle } from "#components/ui/use-menu-handle.ts";

type RowMenuProps<Row> = {
  menu: MenuHandle<Row>;
  /** The MenuItem rows for a row of the list. */
  children: (row: Row) => ReactNode;
};

/** The menu, beside the list; its buttons are RowMenuButton. */
export function RowMenu<Row>({ menu, children }: RowMenuProps<Row>): ReactElement {
  return <MenuPopup handle={menu}>{({ payload }) => (payload === undefined ? null : children(payload))}</MenuPopup>;
}
