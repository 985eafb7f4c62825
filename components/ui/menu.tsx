// A menu that opens from a button, by mouse, touch or keyboard.
"use client";

import type { ComponentProps, ReactElement } from "react";
import { MenuPopup } from "#components/ui/menu-popup.tsx";
import { MenuTrigger } from "#components/ui/menu-trigger.tsx";
import { useMenuHandle } from "#components/ui/use-menu-handle.ts";

type MenuProps = Omit<ComponentProps<typeof MenuPopup<undefined>>, "handle"> & {
  /** The button that opens it; must draw a native button element. */
  trigger: ComponentProps<typeof MenuTrigger>["button"];
};

/** A menu with its trigger. */
export function Menu({ trigger, ...popup }: MenuProps): ReactElement {
  const handle = useMenuHandle<undefined>();
  return (
    <>
      <MenuTrigger handle={handle} button={trigger} />
      <MenuPopup handle={handle} {...popup} />
    </>
  );
}
