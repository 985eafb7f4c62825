// The list of applications while it is read.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function ApplicationsLoading(): ReactElement {
  return (
    <>
      <PageHeader title="Applications" />
      <p role="status" className="sr-only">
        Loading the applications
      </p>
      <Skeleton className="mb-4 h-14 max-w-72 rounded-md" />
      <Skeleton className="h-72 rounded-lg" />
    </>
  );
}
