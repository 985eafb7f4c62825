// The portal around every page: sidebar on wide screens, top bar with a drawer on small ones. It decides nothing about access.
"use client";

import Link from "next/link";
import type { ReactElement, ReactNode } from "react";
import type { NavigationGroup } from "#components/shell/navigation.ts";
import { NavigationDrawer } from "#components/shell/navigation-drawer.tsx";
import { NavigationList } from "#components/shell/navigation-list.tsx";
import { NavigationProgress } from "#components/shell/navigation-progress.tsx";
import { type OrganizationLink, OrganizationSwitcher } from "#components/shell/organization-switcher.tsx";
import { SignetMark } from "#components/shell/signet-mark.tsx";
import { type ShellUser, type SignOutAction, UserMenu } from "#components/shell/user-menu.tsx";

type PortalShellProps = {
  organization: OrganizationLink;
  /** Every organization of the person, the current one among them. */
  organizations: readonly OrganizationLink[];
  navigation: readonly NavigationGroup[];
  user: ShellUser;
  signOutAction: SignOutAction;
  children: ReactNode;
};

/** The frame of the portal; the page goes into its main landmark. */
export function PortalShell(props: PortalShellProps): ReactElement {
  const { organization, organizations, navigation, user, signOutAction, children } = props;
  return (
    <div className="side:grid side:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <NavigationProgress />
      <aside
        aria-label="Sidebar"
        className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r border-line p-3 side:flex"
      >
        <div className="flex flex-col gap-3">
          <Brand href={organization.href} />
          <OrganizationSwitcher current={organization} organizations={organizations} />
        </div>
        <div className="flex-1">
          <NavigationList groups={navigation} />
        </div>
        <UserMenu user={user} signOutAction={signOutAction} />
      </aside>
      <div className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-canvas px-2 side:hidden">
        <NavigationDrawer>
          {(close) => (
            <>
              <Brand href={organization.href} />
              <div className="flex-1">
                <NavigationList groups={navigation} onNavigate={close} />
              </div>
              <UserMenu user={user} signOutAction={signOutAction} />
            </>
          )}
        </NavigationDrawer>
        <div className="min-w-0">
          <OrganizationSwitcher current={organization} organizations={organizations} />
        </div>
      </div>
      <main id="main" tabIndex={-1} className="min-w-0 scroll-mt-16 px-4 pt-6 pb-20 outline-none sm:px-8 side:pt-8">
        <div className="mx-auto max-w-5xl">{children}</div>
      </main>
    </div>
  );
}

function Brand({ href }: { href: string }): ReactElement {
  return (
    <Link href={href} prefetch={false} className="flex w-fit items-center gap-2.5 rounded-md px-2 py-1">
      <SignetMark className="size-7" />
      <span className="text-base font-semibold tracking-tight">Signet</span>
    </Link>
  );
}
