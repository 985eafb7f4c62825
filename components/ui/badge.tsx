// A small labelled state; its icon and words say the same as its colour.
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** The five things a badge can mean. */
export type BadgeTone = "neutral" | "positive" | "warning" | "danger" | "accent";

type BadgeProps = { tone?: BadgeTone; icon?: ReactNode; className?: string; children: ReactNode };

const tones: Record<BadgeTone, string> = {
  neutral: "border-line bg-sunken text-muted",
  positive: "border-positive-line bg-positive-soft text-positive-text",
  warning: "border-warning-line bg-warning-soft text-warning-text",
  danger: "border-danger-line bg-danger-soft text-danger-text",
  accent: "border-accent-line bg-accent-soft text-accent-text",
};

/** A badge; give it an icon (12–14 px) wherever the colour carries weight. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps): ReactElement {
  return (
    <span
      className={classNames(
        "inline-flex min-h-5.5 items-center gap-1.5 rounded-sm border px-1.5 py-px text-xs font-medium [&>svg]:size-3.5 [&>svg]:shrink-0",
        tones[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
