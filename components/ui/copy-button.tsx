// Copies a value and says so, to the eye and to a screen reader.
"use client";

import { Check, Copy } from "lucide-react";
import { type ReactElement, type Ref, useEffect, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

type CopyButtonProps = {
  value: string;
  /** What is copied, such as "Copy key ID". */
  label: string;
  className?: string;
  ref?: Ref<HTMLButtonElement> | undefined;
};

const shownForMilliseconds = 2000;

function copyByHiddenField(value: string): boolean {
  const field = document.createElement("textarea");
  field.value = value;
  field.setAttribute("readonly", "");
  field.className = "fixed top-0 opacity-0";
  document.body.append(field);
  field.select();
  const hasCopied = document.execCommand("copy");
  field.remove();
  return hasCopied;
}

async function copy(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    // The clipboard API needs https or localhost and a permission; the old way needs neither.
    return copyByHiddenField(value);
  }
}

/** An icon button that copies; it announces "Copied" politely. */
export function CopyButton({ value, label, className, ref }: CopyButtonProps): ReactElement {
  const [outcome, setOutcome] = useState<"none" | "copied" | "failed">("none");
  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), shownForMilliseconds);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <span className="relative inline-flex">
      <IconButton
        ref={ref}
        label={label}
        title={label}
        className={className}
        onClick={async () => setOutcome((await copy(value)) ? "copied" : "failed")}
        icon={
          outcome === "copied" ? (
            <Check className="size-4 text-positive-text" aria-hidden="true" />
          ) : (
            <Copy className="size-4" aria-hidden="true" />
          )
        }
      />
      <span
        role="status"
        className={
          outcome === "none"
            ? "sr-only"
            : "pointer-events-none absolute right-0 bottom-full z-10 mb-1 rounded-sm bg-ink px-1.5 py-0.5 text-2xs font-medium whitespace-nowrap text-canvas"
        }
      >
        {outcome === "copied" ? "Copied" : outcome === "failed" ? "Could not copy" : ""}
      </span>
    </span>
  );
}
