// The looks of a button, shared by the button and by the link that looks like one.
import { classNames } from "#components/ui/class-names.ts";

/** What a button means: the one main thing, a thing beside it, a quiet thing, a thing that destroys. */
export type ButtonTone = "primary" | "secondary" | "ghost" | "danger";

/** Medium in forms and headers, small inside cards and tables. */
export type ButtonSize = "small" | "medium";

const tones: Record<ButtonTone, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border-transparent",
  secondary: "bg-surface text-ink border-line hover:bg-hover shadow-card dark:bg-raised dark:hover:bg-hover",
  ghost: "bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink",
  danger: "bg-danger text-white hover:bg-danger-hover border-transparent",
};

const sizes: Record<ButtonSize, string> = {
  small: "h-7 px-2.5 text-xs gap-1.5 pointer-coarse:h-9",
  medium: "h-8.5 px-3.5 text-sm gap-2 pointer-coarse:h-11",
};

/** The class names of a button of a tone and size. */
export function buttonClasses(tone: ButtonTone, size: ButtonSize): string {
  return classNames(
    "inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors duration-100 select-none",
    "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-faint disabled:shadow-none",
    "aria-disabled:cursor-progress aria-disabled:opacity-80",
    tones[tone],
    sizes[size],
  );
}
