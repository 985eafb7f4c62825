// A page while it is read: its head where that is known, and the shapes of what comes.
import type { ReactElement, ReactNode } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";

type PageLoadingProps = {
  /** What is read out, such as "Loading the sessions". */
  label: string;
  /** What will stand above the page. */
  head?: { title: string; eyebrow?: string; description?: string };
  /** Skeletons. */
  children: ReactNode;
};

/** The page; the shapes are only seen, the label is only heard. */
export function PageLoading({ label, head, children }: PageLoadingProps): ReactElement {
  return (
    <>
      {head === undefined ? null : <PageHeader {...head} />}
      <p role="status" className="sr-only">
        {label}
      </p>
      {children}
    </>
  );
}
