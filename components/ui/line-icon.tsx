// Draws an icon of lucide as an element that is made once: its own component builds it anew each time, which is felt where a page
// has many. What all icons have in common is said once, in `line-icon` of the style sheet.
"use client";

import type { LucideIconData } from "lucide-react/types";
import { createElement, type ReactElement } from "react";

/** The module of one icon; beside the component it exports what it draws, which its types do not say. */
type IconModule = { default: unknown; __iconData?: LucideIconData };

/** The icon, 16 px unless its place says otherwise; decorative, so a word must stand near it. */
export function lineIcon({ __iconData: data }: IconModule): ReactElement {
  if (data === undefined) throw new Error("this version of lucide-react does not say what the icon draws");
  return (
    <svg viewBox="0 0 24 24" className="line-icon" aria-hidden="true">
      {data.node.map(([name, { key, ...attributes }]) => createElement(name, { key: key as string, ...attributes }))}
    </svg>
  );
}
