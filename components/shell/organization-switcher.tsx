// Shows the organization one works in, and leads to the others of which one is a member.
"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ReactElement } from "react";
import { Menu } from "#components/ui/menu.tsx";
import { MenuGroup } from "#components/ui/menu-group.tsx";
import { MenuLinkItem } from "#components/ui/menu-link-item.tsx";

/** An organization as the switcher shows it. */
export type OrganizationLink = { id: string; name: string; href: string };

type OrganizationSwitcherProps = { current: OrganizationLink; organizations: readonly OrganizationLink[] };

/** The organization's name; a menu when there is another one to go to. */
export function OrganizationSwitcher({ current, organizations }: OrganizationSwitcherProps): ReactElement {
  const face = (
    <>
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-md border border-line bg-surface text-xs font-semibold uppercase dark:bg-raised"
      >
        {current.name.slice(0, 1)}
      </span>
      <span className="min-w-0 flex-1 text-start">
        <span className="sr-only">{"Organization: "}</span>
        <span className="block truncate text-sm/4.5 font-semibold">{current.name}</span>
        <span className="kid block truncate text-2xs/4 text-faint">{current.id}</span>
      </span>
    </>
  );
  if (organizations.length < 2) return <div className="flex min-w-0 items-center gap-2.5 px-2 py-1.5">{face}</div>;
  return (
    <Menu
      align="start"
      className="min-w-[max(13rem,var(--anchor-width))]"
      trigger={
        <button
          type="button"
          className="flex w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover data-popup-open:bg-hover"
        >
          {face}
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
        </button>
      }
    >
      <MenuGroup label="Organizations">
        {organizations.map((organization) => (
          <MenuLinkItem key={organization.id} href={organization.href} isCurrent={organization.id === current.id}>
            {organization.name}
          </MenuLinkItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
