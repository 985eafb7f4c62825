// A short row of links of which one is where you are, for lists that have two or three faces.
import Link from "next/link";
import type { ReactElement } from "react";

/** One link of the row. */
export type LinkTab = { href: string; label: string; isCurrent: boolean };

type LinkTabsProps = {
  /** What the links choose among, such as "Which certificates"; read out, not shown. */
  label: string;
  tabs: readonly LinkTab[];
};

/** Links, not ARIA tabs: each has an address of its own. */
export function LinkTabs({ label, tabs }: LinkTabsProps): ReactElement {
  return (
    <nav aria-label={label} className="mb-4">
      <ul className="flex gap-5 border-b border-line">
        {tabs.map(({ href, label: text, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={isCurrent ? "page" : undefined}
              className="-mb-px flex h-9 items-center border-b-2 border-transparent px-0.5 text-sm text-muted transition-colors duration-100 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:h-11"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
