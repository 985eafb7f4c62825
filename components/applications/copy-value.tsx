// A value that programs need letter by letter, with a button that copies it.
import type { ReactElement } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";

type CopyValueProps = {
  value: string;
  /** What is copied, such as "Copy the client ID". */
  label: string;
};

/** The value in the mono face and its copy button. */
export function CopyValue({ value, label }: CopyValueProps): ReactElement {
  return (
    <span className="flex items-start gap-1">
      <code className="kid min-w-0 py-1.5 text-xs/5 break-all select-all">{value}</code>
      <CopyButton value={value} label={label} />
    </span>
  );
}
