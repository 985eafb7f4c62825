// A menu that opens from a button, by mouse, touch or keyboard.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { type ReactElement, type ReactNode, useState } from "react";
import { MenuPopup } from "#components/ui/menu-popup.tsx";
import { MenuTrigger } from "#components/ui/menu-trigger.tsx";
import { useAwake } from "#components/ui/use-awake.ts";

type MenuProps = {
  /** The button that opens it; must be a native button element. */
  trigger: ReactElement;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  className?: string;
  /** MenuItem, MenuGroup and so on. */
  children: ReactNode;
};

/** A menu with its trigger. */
export function Menu({ trigger, children, ...rest }: MenuProps): ReactElement {
  // The server draws the button alone: the rest of a menu costs it four times as much.
  const [handle] = useState(() => BaseMenu.createHandle());
  const isAwake = useAwake();
  return (
    <>
      <MenuTrigger handle={handle} subject={undefined} render={trigger} />
      {isAwake ? (
        <MenuPopup handle={handle} {...rest}>
          {children}
        </MenuPopup>
      ) : null}
    </>
  );
}
