// One row of a menu that leads somewhere.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import { menuItemClasses } from "#components/ui/menu-item-classes.ts";

type MenuLinkItemProps = { href: string; icon?: ReactNode; isCurrent?: boolean; children: ReactNode };

/** A link as a menu row; the current one carries a check mark. */
export function MenuLinkItem({ href, icon, isCurrent = false, children }: MenuLinkItemProps): ReactElement {
  return (
    <BaseMenu.LinkItem
      closeOnClick
      render={<Link href={href} />}
      aria-current={isCurrent ? "true" : undefined}
      className={menuItemClasses}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isCurrent ? <Check aria-hidden="true" /> : null}
    </BaseMenu.LinkItem>
  );
}
