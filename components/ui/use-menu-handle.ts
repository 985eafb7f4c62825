// Ties the button of a menu to what opens from it.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { useState } from "react";

/** Ties buttons to one popup, wherever both are drawn; each button may stand for a `Subject` of its own. */
export type MenuHandle<Subject> = BaseMenu.Handle<Subject>;

/** A handle for a MenuPopup and its buttons. */
export function useMenuHandle<Subject>(): MenuHandle<Subject> {
  const [handle] = useState(() => BaseMenu.createHandle<Subject>());
  return handle;
}
