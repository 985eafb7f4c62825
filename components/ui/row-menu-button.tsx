// The 3-dot button of a row, which opens the one menu of its list.
"use client";

import { memo, type ReactElement, useEffect, useRef } from "react";
import { ActionButton } from "#components/ui/action-button.tsx";
import { MenuTrigger } from "#components/ui/menu-trigger.tsx";
import type { MenuHandle } from "#components/ui/use-menu-handle.ts";

type RowMenuButtonProps<Row> = {
  menu: MenuHandle<Row>;
  row: Row;
  /** Whose actions they are, such as "Actions for the session of …". */
  label: string;
};

/** The button. It stays as it is while the times beside it go on. */
export const RowMenuButton = memo(RowButton) as typeof RowButton;

function RowButton<Row>({ menu, row, label }: RowMenuButtonProps<Row>): ReactElement {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const button = mark.current?.querySelector("button");
    // The menu belongs to the list, so it would outlive the row that it is about.
    return () => {
      if (menu.isOpen && button?.getAttribute("aria-expanded") === "true") menu.close();
    };
  }, [menu]);
  return (
    <span ref={mark} className="contents">
      <MenuTrigger handle={menu} subject={row} button={<ActionButton label={label} />} />
    </span>
  );
}
