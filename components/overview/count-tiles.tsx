// The numbers of an organization, each leading to the list behind it.
import Link from "next/link";
import type { ReactElement } from "react";

/** One number; `count` may be words such as "100+". */
export type CountTile = { label: string; count: string; href: string };

/** Tiles in a row. */
export function CountTiles({ tiles }: { tiles: readonly CountTile[] }): ReactElement {
  return (
    <ul className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-3">
      {tiles.map((tile) => (
        <li key={tile.label}>
          <Link
            href={tile.href}
            prefetch={false}
            className="block rounded-lg border border-line bg-surface px-4 py-3 shadow-card transition-colors duration-100 hover:border-accent-line"
          >
            <span className="block text-xs text-muted">{tile.label}</span>
            <span className="block text-xl/8 font-semibold tabular-nums">{tile.count}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
