// A message inside a page or dialog: something to know, to mind, or something that failed.
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type NoticeTone = "info" | "positive" | "warning" | "danger";

type NoticeProps = {
  tone?: NoticeTone;
  title?: ReactNode;
  /** True for a message that appears after the page: it is then read out at once. */
  isLive?: boolean;
  className?: string;
  children?: ReactNode;
};

const faces = {
  info: { Icon: Info, frame: "border-line bg-sunken", ink: "text-muted" },
  positive: { Icon: CircleCheck, frame: "border-positive-line bg-positive-soft", ink: "text-positive-text" },
  warning: { Icon: TriangleAlert, frame: "border-warning-line bg-warning-soft", ink: "text-warning-text" },
  danger: { Icon: CircleAlert, frame: "border-danger-line bg-danger-soft", ink: "text-danger-text" },
} as const;

/** A framed message with an icon; `isLive` makes it an alert. */
export function Notice({ tone = "info", title, isLive = false, className, children }: NoticeProps): ReactElement {
  const { Icon, frame, ink } = faces[tone];
  return (
    <div
      role={isLive ? "alert" : undefined}
      className={classNames("flex gap-2.5 rounded-md border px-3 py-2.5 text-sm", frame, className)}
    >
      <Icon className={classNames("mt-0.5 size-4 shrink-0", ink)} aria-hidden="true" />
      <div className="min-w-0 flex-1 space-y-1 wrap-anywhere">
        {title === undefined ? null : (
          <p className={classNames("font-medium", tone === "info" ? "text-ink" : ink)}>{title}</p>
        )}
        {children === undefined ? null : <div className="space-y-1.5 text-ink">{children}</div>}
      </div>
    </div>
  );
}
