// One application, or its form, while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function ApplicationLoading(): ReactElement {
  return (
    <PageLoading label="Loading the application">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="mt-2 mb-6 h-7 w-56" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-60 rounded-lg" />
      </div>
    </PageLoading>
  );
}
