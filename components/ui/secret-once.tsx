// Shows a secret the only time it can be seen, ready to be copied.
"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

type SecretOnceProps = {
  /** What it is, such as "Access token". */
  label: string;
  value: string;
};

/** The secret in a box with a copy button, and the warning that it will not come back. */
export function SecretOnce({ label, value }: SecretOnceProps): ReactElement {
  const box = useRef<HTMLElement>(null);
  // To copy it comes next, and the button that made it may be gone.
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warning">Copy it now: it is shown this once and stored nowhere.</Notice>
      <section ref={box} aria-label={label}>
        <p className="mb-1 text-sm font-medium">{label}</p>
        <div className="flex items-start gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
          <code className="kid min-w-0 flex-1 py-1.5 text-xs/5 wrap-anywhere select-all">{value}</code>
          <CopyButton value={value} label={`Copy the ${label.toLowerCase()}`} />
        </div>
      </section>
    </div>
  );
}
