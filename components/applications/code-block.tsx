// A command to run, as it is typed, with a button that copies it.
import type { ReactElement } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";

type CodeBlockProps = {
  code: string;
  /** What it is, such as "Command that gets a token". */
  label: string;
};

/** A block of code that scrolls sideways by keyboard too. */
export function CodeBlock({ code, label }: CodeBlockProps): ReactElement {
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section aria-label={label} tabIndex={0} className="min-w-0 flex-1 overflow-x-auto rounded-md">
        <pre className="kid p-3 text-xs/5">{code}</pre>
      </section>
      <CopyButton value={code} label={`Copy: ${label}`} className="m-1" />
    </div>
  );
}
