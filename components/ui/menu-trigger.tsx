// The button of a menu.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { cloneElement, type HTMLAttributes, type ReactElement } from "react";
import type { MenuHandle } from "#components/ui/use-menu-handle.ts";

type MenuTriggerProps<Subject> = {
  handle: MenuHandle<Subject>;
  /** What the popup shall be about when it opens from here. */
  subject?: Subject;
  /** The button itself, without handlers of its own; must draw a native button element. */
  button: ReactElement<HTMLAttributes<HTMLElement>>;
};

/** Opens the popup with the same handle. */
export function MenuTrigger<Subject>({ handle, subject, button }: MenuTriggerProps<Subject>): ReactElement {
  return (
    <BaseMenu.Trigger
      handle={handle}
      payload={subject}
      // Base UI says whether the popup is open once there is one, which the server does not draw.
      render={(props) => cloneElement(button, { ...props, "aria-expanded": props["aria-expanded"] ?? false })}
    />
  );
}
