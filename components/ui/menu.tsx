// A menu that opens from a button, by mouse, touch or keyboard.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { type ReactElement, type ReactNode, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
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
export function Menu({ trigger, align = "end", side = "bottom", className, children }: MenuProps): ReactElement {
  // The server draws the button alone: the rest of a menu costs it four times as much, and there may be one in every row.
  const [handle] = useState(() => BaseMenu.createHandle());
  const isAwake = useAwake();
  return (
    <>
      {/* The rest would say it; until then somebody has to. */}
      <BaseMenu.Trigger handle={handle} {...(isAwake ? {} : { "aria-expanded": false })} render={trigger} />
      {isAwake ? (
        <BaseMenu.Root handle={handle}>
          <BaseMenu.Portal>
            <BaseMenu.Positioner
              className="z-50 outline-none"
              align={align}
              side={side}
              sideOffset={6}
              collisionPadding={8}
            >
              <BaseMenu.Popup
                className={classNames(
                  "max-h-(--available-height) min-w-44 origin-(--transform-origin) overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float outline-none",
                  "transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0",
                  className,
                )}
              >
                {children}
              </BaseMenu.Popup>
            </BaseMenu.Positioner>
          </BaseMenu.Portal>
        </BaseMenu.Root>
      ) : null}
    </>
  );
}
