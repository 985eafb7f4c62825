// The sidebar's entries with the current one marked.
"use client";

import { AppWindow, FileBadge, KeyRound, LayoutDashboard, ScrollText, Settings2, Users } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactElement, useId } from "react";
import {
  isCurrentItem,
  type NavigationGroup,
  type NavigationIcon,
  type NavigationItem,
} from "#components/shell/navigation.ts";

type NavigationListProps = {
  groups: readonly NavigationGroup[];
  /** Called when an entry is chosen, as to close the drawer. */
  onNavigate?: () => void;
};

const icons: Record<NavigationIcon, typeof KeyRound> = {
  overview: LayoutDashboard,
  applications: AppWindow,
  key: KeyRound,
  certificate: FileBadge,
  sessions: Users,
  audit: ScrollText,
  settings: Settings2,
};

/** The portal's navigation landmark. */
export function NavigationList({ groups, onNavigate }: NavigationListProps): ReactElement {
  const pathname = usePathname();
  const id = useId();
  return (
    <nav aria-label="Portal" className="flex flex-col gap-4">
      {groups
        .filter((group) => group.items.length > 0)
        .map((group, index) => (
          <div key={group.items[0]?.href}>
            {group.label === null ? null : (
              <p id={`${id}-${index}`} className="px-2.5 pb-1 text-xs font-medium text-faint">
                {group.label}
              </p>
            )}
            <ul aria-labelledby={group.label === null ? undefined : `${id}-${index}`} className="flex flex-col gap-px">
              {group.items.map((item) => (
                <li key={item.href}>
                  <NavigationLink item={item} isCurrent={isCurrentItem(item, pathname)} onNavigate={onNavigate} />
                </li>
              ))}
            </ul>
          </div>
        ))}
    </nav>
  );
}

type NavigationLinkProps = { item: NavigationItem; isCurrent: boolean; onNavigate?: () => void };

function NavigationLink({ item, isCurrent, onNavigate }: NavigationLinkProps): ReactElement {
  const Icon = icons[item.icon];
  return (
    <Link
      href={item.href}
      onClick={onNavigate}
      aria-current={isCurrent ? "page" : undefined}
      className="navigation-link"
    >
      <Icon aria-hidden="true" />
      {item.label}
    </Link>
  );
}
