// The page between a person and an application: one column, and below it who stands behind it.
import { ShieldCheck } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

type FlowScreenProps = {
  /** Whose accounts these are; null for the portal itself. */
  organization: string | null;
  children: ReactNode;
};

/** A calm centred column. */
export function FlowScreen({ organization, children }: FlowScreenProps): ReactElement {
  return (
    <main id="main" tabIndex={-1} className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="flex w-full max-w-sm flex-col gap-6">
        {children}
        {organization === null ? null : (
          <p className="flex items-start gap-2 px-1 text-xs text-faint">
            <ShieldCheck className="mt-px size-3.5 shrink-0" aria-hidden="true" />
            <span className="min-w-0 wrap-anywhere">
              {organization} runs this page with Signet. The application never sees your password.
            </span>
          </p>
        )}
      </div>
    </main>
  );
}
