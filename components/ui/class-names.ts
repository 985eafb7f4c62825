// Joins class names so that a later Tailwind class wins over an earlier one of the same kind.
import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({ extend: { classGroups: { "font-size": [{ text: ["2xs"] }] } } });

/** Joins conditional class names; of two that set the same property the last one stays. */
export function classNames(...values: ClassValue[]): string {
  return merge(clsx(values));
}
