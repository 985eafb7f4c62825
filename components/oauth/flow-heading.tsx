// The head of a page on the way to an application: the application's initial beside the seal, and what this page is for.
import type { ReactElement } from "react";
import { SignetMark } from "#components/shell/signet-mark.tsx";

type FlowHeadingProps = {
  /** Null when the portal itself is meant. */
  application: string | null;
  title: string;
  /** What the browser's tab says; the title where it isn't given. */
  tab?: string;
  description: string;
};

/** Who asks, and the page's title. */
export function FlowHeading({ application, title, tab = title, description }: FlowHeadingProps): ReactElement {
  return (
    <header className="flex flex-col gap-4">
      <title>{`${tab} · Signet`}</title>
      <div className="flex items-center gap-2.5" aria-hidden="true">
        {application === null ? null : (
          <>
            <span className="grid size-10 place-items-center rounded-lg border border-line bg-surface text-base font-semibold text-ink uppercase shadow-card">
              {[...application.trim()][0]}
            </span>
            <span className="h-px w-6 border-t border-dashed border-control" />
          </>
        )}
        <SignetMark className="size-10" />
      </div>
      <div>
        <h1 className="text-xl/7 font-semibold tracking-tight text-balance wrap-anywhere">{title}</h1>
        <p className="mt-1 text-sm wrap-anywhere text-muted">{description}</p>
      </div>
    </header>
  );
}
