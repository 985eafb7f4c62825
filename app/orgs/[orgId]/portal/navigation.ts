// The sidebar's entries for what an actor may see.
import type { NavigationGroup, NavigationItem } from "#components/shell/navigation.ts";
import type { Actor } from "#lib/auth/actor.ts";
import type { Permission } from "#lib/auth/permissions.ts";

/** Everything in the portal of the actor's organization that the actor has a permission for. */
export function portalNavigation({ organizationId, permissions }: Actor): NavigationGroup[] {
  const base = `/orgs/${organizationId}/portal`;
  const entry = (needed: Permission | null, item: NavigationItem): NavigationItem[] =>
    needed === null || permissions.has(needed) ? [item] : [];
  return [
    {
      label: null,
      items: [
        { label: "Overview", href: base, icon: "overview", isExact: true },
        ...entry("certificates.view", { label: "Applications", href: `${base}/applications`, icon: "applications" }),
      ],
    },
    {
      label: "Security",
      items: [
        ...entry("certificates.view", { label: "Signing Key", href: `${base}/signing-keys`, icon: "key" }),
        ...entry("certificates.view", { label: "Certificates", href: `${base}/certificates`, icon: "certificate" }),
      ],
    },
    {
      label: "Organization",
      items: [
        ...entry("certificates.view", { label: "Sessions", href: `${base}/sessions`, icon: "sessions" }),
        ...entry("audit.view", { label: "Audit Log", href: `${base}/audit-log`, icon: "audit" }),
        { label: "Settings", href: `${base}/settings`, icon: "settings" },
      ],
    },
  ];
}
