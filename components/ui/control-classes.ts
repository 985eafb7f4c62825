// The looks that text inputs, text areas and selects have in common.

/** Frame, colours and states of a form control. */
export const controlClasses =
  "w-full rounded-md border border-control bg-surface px-2.5 text-sm text-ink placeholder:text-faint hover:border-muted focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-faint data-disabled:border-line data-disabled:bg-sunken data-disabled:text-faint data-invalid:border-danger-text dark:bg-sunken pointer-coarse:text-base";
