// The sessions while they are read.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function SessionsLoading(): ReactElement {
  return (
    <>
      <PageHeader title="Sessions" />
      <p role="status" className="sr-only">
        Loading the sessions
      </p>
      <Skeleton className="h-72 rounded-lg" />
    </>
  );
}
