// One row of a menu that does something.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { menuItemClasses } from "#components/ui/menu-item-classes.ts";

type MenuItemProps = {
  icon?: ReactNode;
  /** Danger for what destroys. */
  tone?: "neutral" | "danger";
  isDisabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

/** A menu row; the menu closes when it is chosen. */
export function MenuItem({
  icon,
  tone = "neutral",
  isDisabled = false,
  onSelect,
  children,
}: MenuItemProps): ReactElement {
  return (
    <BaseMenu.Item
      disabled={isDisabled}
      onClick={onSelect}
      className={classNames(
        menuItemClasses,
        tone === "danger" && "text-danger-text data-highlighted:bg-danger-soft [&>svg]:text-danger-text",
      )}
    >
      {icon}
      {children}
    </BaseMenu.Item>
  );
}
