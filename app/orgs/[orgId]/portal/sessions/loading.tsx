// The sessions while they are read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function SessionsLoading(): ReactElement {
  return (
    <PageLoading label="Loading the sessions" title="Sessions">
      <Skeleton className="h-72 rounded-lg" />
    </PageLoading>
  );
}
