// Draws an icon of lucide as one element that is made once: its own component builds a tree anew each time, which is felt where a
// page has many. What all icons have in common is said once, in `line-icon` of the style sheet.
"use client";

import type { LucideIconData } from "lucide-react/types";
import type { ReactElement } from "react";

/** The module of one icon; beside the component it exports what it draws, which its types do not say. */
type IconModule = { default: unknown; __iconData?: LucideIconData };

/** The icon, 16 px unless its place says otherwise; decorative, so a word must stand near it. */
export function lineIcon({ __iconData: data }: IconModule): ReactElement {
  if (data === undefined) throw new Error("this version of lucide-react does not say what the icon draws");
  const shapes = data.node.map(([name, { key: _key, ...attributes }]) => `<${name}${toMarkup(attributes)}/>`).join("");
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: shapes of a library, which no input reaches
    <svg viewBox="0 0 24 24" className="line-icon" aria-hidden="true" dangerouslySetInnerHTML={{ __html: shapes }} />
  );
}

/** Attributes as they stand in a file of the icon: numbers, path data and `currentColor`. */
function toMarkup(attributes: Record<string, unknown>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("");
}
