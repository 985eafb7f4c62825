// The portal around every page of an organization. Access is decided by the services; strangers get the 404 page here already.
import type { Metadata } from "next";
import type { ReactElement, ReactNode } from "react";
import { roleNames } from "#components/organizations/role-name.ts";
import { PortalShell } from "#components/shell/portal-shell.tsx";
import { requirePortalActor, requireSignedIn } from "#lib/auth/portal.ts";
import { getOrganization, listOrganizationsOfUser } from "#lib/organizations/service.ts";
import { signOutAction } from "../../../sign-in/actions.ts";
import { portalNavigation } from "./navigation.ts";

type PortalLayoutProps = { children: ReactNode; params: Promise<{ orgId: string }> };

export async function generateMetadata({ params }: Pick<PortalLayoutProps, "params">): Promise<Metadata> {
  const actor = await requirePortalActor((await params).orgId);
  const { name } = await getOrganization(actor);
  return { title: { default: `${name} · Signet`, template: `%s · ${name} · Signet` } };
}

export default async function PortalLayout({ children, params }: PortalLayoutProps): Promise<ReactElement> {
  const actor = await requirePortalActor((await params).orgId);
  const { user } = await requireSignedIn();
  const organizations = (await listOrganizationsOfUser(user.id)).map(({ id, name }) => ({
    id,
    name,
    href: `/orgs/${id}/portal`,
  }));
  const organization = await getOrganization(actor);
  return (
    <PortalShell
      organization={{ id: organization.id, name: organization.name, href: `/orgs/${organization.id}/portal` }}
      organizations={organizations}
      navigation={portalNavigation(actor)}
      user={{ name: user.name, email: user.email, role: actor.role === null ? "" : roleNames[actor.role] }}
      signOutAction={signOutAction}
    >
      {children}
    </PortalShell>
  );
}
