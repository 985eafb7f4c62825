// Shows who is signed in and as what, and lets them choose the theme and sign out.
"use client";

import { ChevronsUpDown, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { type ComponentProps, type ReactElement, useRef } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { MenuChoice } from "#components/ui/menu-choice.tsx";
import { MenuGroup } from "#components/ui/menu-group.tsx";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { useTheme } from "#components/ui/use-theme.ts";

/** The person who is signed in; the role in words, such as "Security admin". */
export type ShellUser = { name: string; email: string; role: string };

/** A server action or an address to post to. */
export type SignOutAction = ComponentProps<"form">["action"];

type UserMenuProps = { user: ShellUser; signOutAction: SignOutAction; side?: "top" | "bottom" };

const themeOptions = [
  { value: "system", label: "System", icon: <Monitor aria-hidden="true" /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden="true" /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden="true" /> },
] as const;

/** The menu of the signed-in person. */
export function UserMenu({ user, signOutAction, side = "top" }: UserMenuProps): ReactElement {
  const [theme, setTheme] = useTheme();
  const signOutForm = useRef<HTMLFormElement>(null);
  return (
    <>
      {/* Outside the menu, because the menu is gone by the time the form is sent. */}
      <form ref={signOutForm} action={signOutAction} className="hidden" />
      <Menu
        align="start"
        side={side}
        className="min-w-[max(13rem,var(--anchor-width))]"
        trigger={
          <button
            type="button"
            className="flex w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-hover data-popup-open:bg-hover"
          >
            <Avatar name={user.name} className="size-7 text-2xs" />
            <span className="min-w-0 flex-1 text-start">
              <span className="sr-only">{"Account: "}</span>
              <span className="block truncate text-sm/4.5 font-medium">{user.name}</span>
              <span className="block truncate text-2xs/4 text-faint">{user.email}</span>
            </span>
            <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
          </button>
        }
      >
        <div className="px-2 pt-1.5 pb-2.5">
          <p className="text-sm font-medium">{user.name}</p>
          <p className="text-xs wrap-anywhere text-muted">{user.email}</p>
          <Badge className="mt-1.5">{user.role}</Badge>
        </div>
        <MenuChoice label="Theme" value={theme} onChange={setTheme} options={themeOptions} />
        <MenuGroup label="Session" isLabelHidden>
          <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => signOutForm.current?.requestSubmit()}>
            Sign out
          </MenuItem>
        </MenuGroup>
      </Menu>
    </>
  );
}
