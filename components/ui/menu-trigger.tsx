// The button of a menu.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement } from "react";
import type { MenuHandle } from "#components/ui/menu-popup.tsx";
import { useAwake } from "#components/ui/use-awake.ts";

type MenuTriggerProps<Subject> = {
  handle: MenuHandle<Subject>;
  /** What the menu shall be about when it opens from here. */
  subject: Subject;
  /** The button itself; must be a native button element. */
  render: ReactElement;
};

/** Opens the menu with the same handle. */
export function MenuTrigger<Subject>({ handle, subject, render }: MenuTriggerProps<Subject>): ReactElement {
  // The rest of the menu says it, once it is there; until then somebody has to.
  const state = useAwake() ? {} : { "aria-expanded": false };
  return <BaseMenu.Trigger handle={handle} payload={subject} {...state} render={render} />;
}
