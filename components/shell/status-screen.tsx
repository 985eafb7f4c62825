// A whole page that says one thing: not found, failed, signed out.
import type { ReactElement, ReactNode } from "react";
import { SignetMark } from "#components/shell/signet-mark.tsx";

type StatusScreenProps = {
  /** A short code above the title, such as 404. */
  code: string;
  title: string;
  /** What the browser's tab says; the title where it isn't given. */
  tab?: string;
  /** The reference under which the server logged the error. */
  reference?: string | null;
  children: ReactNode;
};

/** A calm full-page message with the mark, a title, a sentence and a way on. */
export function StatusScreen({
  code,
  title,
  tab = title,
  reference = null,
  children,
}: StatusScreenProps): ReactElement {
  return (
    <main id="main" tabIndex={-1} className="grid min-h-[80dvh] place-items-center px-6 py-16">
      <div className="flex max-w-md flex-col items-start gap-4">
        <title>{`${tab} · Signet`}</title>
        <SignetMark className="size-10" />
        <p className="kid text-xs text-faint">{code}</p>
        <h1 className="-mt-3 text-xl font-semibold tracking-tight">{title}</h1>
        <div className="flex flex-col items-start gap-5 text-muted">{children}</div>
        {reference === null ? null : (
          <p className="text-xs text-faint">
            Reference for the log: <code className="kid select-all text-muted">{reference}</code>
          </p>
        )}
      </div>
    </main>
  );
}
