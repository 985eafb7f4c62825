// The looks of one row of a menu, whether it acts, leads somewhere or is chosen.

/** The class names of a menu row. */
export const menuItemClasses =
  "flex min-h-8 w-full cursor-default items-center gap-2.5 rounded-sm px-2 py-1.5 text-start text-sm text-ink outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";
