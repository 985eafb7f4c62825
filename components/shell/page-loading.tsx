// A page while it is read: its title where it is known, and the shapes of what comes.
import type { ReactElement, ReactNode } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";

type PageLoadingProps = {
  /** What is read out, such as "Loading the sessions". */
  label: string;
  title?: string;
  eyebrow?: string;
  /** Skeletons. */
  children: ReactNode;
};

/** The page; the shapes are only seen, the label is only heard. */
export function PageLoading({ label, title, eyebrow, children }: PageLoadingProps): ReactElement {
  return (
    <>
      {title === undefined ? null : <PageHeader title={title} eyebrow={eyebrow} />}
      <p role="status" className="sr-only">
        {label}
      </p>
      {children}
    </>
  );
}
