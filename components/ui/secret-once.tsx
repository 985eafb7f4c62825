// Shows a secret the only time it can be seen, ready to be copied.
"use client";

import type { ReactElement, Ref } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

type SecretOnceProps = {
  /** What it is, such as "Access token". */
  label: string;
  value: string;
  /** The button that copies it, for whatever shows the secret to lead there. */
  copyButton: Ref<HTMLButtonElement>;
};

/** The secret in a box with a copy button, and the warning that it will not come back. */
export function SecretOnce({ label, value, copyButton }: SecretOnceProps): ReactElement {
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warning">Copy it now: it is shown this once and stored nowhere.</Notice>
      <section aria-label={label}>
        <p className="mb-1 text-sm font-medium">{label}</p>
        <div className="flex items-start gap-1 rounded-md border border-line bg-sunken py-1 pr-1 pl-3">
          <code className="kid min-w-0 flex-1 py-1.5 text-xs/5 break-all select-all">{value}</code>
          <CopyButton ref={copyButton} value={value} label={`Copy the ${label.toLowerCase()}`} />
        </div>
      </section>
    </div>
  );
}
