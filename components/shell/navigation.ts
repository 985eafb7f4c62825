// The shape of the sidebar's entries, already filtered by what the person may see.

/** The icons that an entry can carry. */
export type NavigationIcon = "overview" | "applications" | "key" | "certificate" | "sessions" | "audit" | "settings";

/** One entry of the sidebar. */
export type NavigationItem = {
  label: string;
  href: string;
  icon: NavigationIcon;
  /** Marked as current only at exactly this address, as for an overview above all others. */
  isExact?: boolean;
};

/** Entries under a heading, or without one. */
export type NavigationGroup = { label: string | null; items: readonly NavigationItem[] };

/** True when the address lies at or under the entry. */
export function isCurrentItem(item: NavigationItem, pathname: string): boolean {
  if (item.isExact === true) return pathname === item.href;
  return pathname === item.href || pathname.startsWith(`${item.href}/`);
}
