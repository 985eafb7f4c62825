// What opens from the button of a menu.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { useAwake } from "#components/ui/use-awake.ts";
import type { MenuHandle } from "#components/ui/use-menu-handle.ts";

type MenuPopupProps<Subject> = {
  handle: MenuHandle<Subject>;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  className?: string | undefined;
  /** MenuItem, MenuGroup and so on, or a function from what the pressed button stands for; undefined before the first press. */
  children: ReactNode | ((opened: { payload: Subject | undefined }) => ReactNode);
};

/** The rest of a menu. The server leaves it out, because it costs four times what the button does. */
export function MenuPopup<Subject>(props: MenuPopupProps<Subject>): ReactElement | null {
  const { handle, align = "end", side = "bottom", className, children } = props;
  if (!useAwake()) return null;
  const popup = (items: ReactNode): ReactElement => (
    <BaseMenu.Portal>
      <BaseMenu.Positioner className="z-50 outline-none" align={align} side={side} sideOffset={6} collisionPadding={8}>
        <BaseMenu.Popup
          className={classNames(
            "max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float outline-none",
            "transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0",
            className,
          )}
        >
          {items}
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  );
  return (
    <BaseMenu.Root handle={handle}>
      {typeof children === "function" ? (opened) => popup(children(opened)) : popup(children)}
    </BaseMenu.Root>
  );
}
