// The 3-dot menus of a list: a button in every row, and one menu for all of them.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { memo, type ReactElement, type ReactNode, useState } from "react";
import { ActionButton } from "#components/ui/action-button.tsx";
import { type MenuHandle, MenuPopup } from "#components/ui/menu-popup.tsx";
import { MenuTrigger } from "#components/ui/menu-trigger.tsx";
import { useAwake } from "#components/ui/use-awake.ts";

type RowMenuButtonProps<Row> = {
  menu: MenuHandle<Row>;
  row: Row;
  /** Whose actions they are, such as "Actions for the session of …". */
  label: string;
};

type RowMenuProps<Row> = {
  menu: MenuHandle<Row>;
  /** The MenuItem rows of the row whose button was pressed. */
  children: (row: Row) => ReactNode;
};

/** Ties the buttons of a list to its menu. */
export function useRowMenu<Row>(): MenuHandle<Row> {
  const [menu] = useState(() => BaseMenu.createHandle<Row>());
  return menu;
}

/** The button of one row. It stays as it is while the times beside it go on. */
export const RowMenuButton = memo(DotsOfRow) as typeof DotsOfRow;

function DotsOfRow<Row>({ menu, row, label }: RowMenuButtonProps<Row>): ReactElement {
  return <MenuTrigger handle={menu} subject={row} render={<ActionButton label={label} />} />;
}

/** The menu, beside the list. */
export function RowMenu<Row>({ menu, children }: RowMenuProps<Row>): ReactElement | null {
  if (!useAwake()) return null;
  return <MenuPopup handle={menu}>{({ payload }) => (payload === undefined ? null : children(payload))}</MenuPopup>;
}
