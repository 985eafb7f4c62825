// The sidebar's entries with the current one marked.
"use client";

import * as appWindow from "lucide-react/icons/app-window";
import * as fileBadge from "lucide-react/icons/file-badge";
import * as keyRound from "lucide-react/icons/key-round";
import * as layoutDashboard from "lucide-react/icons/layout-dashboard";
import * as scrollText from "lucide-react/icons/scroll-text";
import * as settings2 from "lucide-react/icons/settings-2";
import * as users from "lucide-react/icons/users";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactElement, useId } from "react";
import {
  isCurrentItem,
  type NavigationGroup,
  type NavigationIcon,
  type NavigationItem,
} from "#components/shell/navigation.ts";
import { lineIcon } from "#components/ui/line-icon.tsx";

type NavigationListProps = {
  groups: readonly NavigationGroup[];
  /** Called when an entry is chosen, as to close the drawer. */
  onNavigate?: () => void;
};

const icons: Record<NavigationIcon, ReactElement> = {
  overview: lineIcon(layoutDashboard),
  applications: lineIcon(appWindow),
  key: lineIcon(keyRound),
  certificate: lineIcon(fileBadge),
  sessions: lineIcon(users),
  audit: lineIcon(scrollText),
  settings: lineIcon(settings2),
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
  return (
    <Link
      href={item.href}
      prefetch={false}
      onClick={onNavigate}
      aria-current={isCurrent ? "page" : undefined}
      className="navigation-link"
    >
      {icons[item.icon]}
      {item.label}
    </Link>
  );
}
