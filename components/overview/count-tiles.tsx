// The numbers of an organization, each leading to the list behind it.
import Link from "next/link";
import type { ReactElement } from "react";

/** One number; `count` may be words such as "100+". */
export type CountTile = { label: string; count: string; href: string };

/** Tiles in a row. */
export function CountTiles({ tiles }: { tiles: readonly CountTile[] }): ReactElement {
  return (
    <ul className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] sm:gap-3">
      {tiles.map((tile) => (
        <li key={tile.label}>
          <Link
            href={tile.href}
            prefetch={false}
            className="flex items-center justify-between rounded-lg border border-line bg-surface px-4 py-2 shadow-card transition-colors duration-100 hover:border-accent-line sm:block sm:py-3"
          >
            <span className="block text-xs text-muted">{tile.label}</span>
            <span className="block text-xl/8 font-semibold tabular-nums">{tile.count}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
