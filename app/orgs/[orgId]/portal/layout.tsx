// The portal around every page of an organization. Access is decided by the services; strangers get the 404 page here already.
import { notFound } from "next/navigation";
import type { ReactElement, ReactNode } from "react";
import { roleNames } from "#components/organizations/role-name.ts";
import { IdentityConfirmation } from "#components/shell/identity-confirmation.tsx";
import type { OrganizationLink } from "#components/shell/organization-switcher.tsx";
import { PortalShell } from "#components/shell/portal-shell.tsx";
import { requirePortalActor, requireSignedIn } from "#lib/auth/portal.ts";
import { signOutAction } from "../../../sign-in/actions.ts";
import { confirmIdentityAction } from "./actions.ts";
import { portalNavigation } from "./navigation.ts";
import { PortalTitle } from "./portal-title.tsx";

type PortalLayoutProps = { children: ReactNode; params: Promise<{ orgId: string }> };

export default async function PortalLayout({ children, params }: PortalLayoutProps): Promise<ReactElement> {
  const { orgId } = await params;
  const actor = await requirePortalActor(orgId);
  const { user, memberships } = await requireSignedIn();
  const organizations = memberships.map(toOrganizationLink);
  const organization = organizations.find(({ id }) => id === orgId) ?? notFound();
  return (
    <IdentityConfirmation email={user.email} confirmAction={confirmIdentityAction.bind(null, organization.id)}>
      <PortalShell
        organization={organization}
        organizations={organizations}
        navigation={portalNavigation(actor)}
        user={{ name: user.name, email: user.email, role: actor.role === null ? "" : roleNames[actor.role] }}
        signOutAction={signOutAction}
      >
        <PortalTitle organization={organization.name} />
        {children}
      </PortalShell>
    </IdentityConfirmation>
  );
}

function toOrganizationLink(membership: { organizationId: string; organizationName: string }): OrganizationLink {
  const { organizationId: id, organizationName: name } = membership;
  return { id, name, href: `/orgs/${id}/portal` };
}
