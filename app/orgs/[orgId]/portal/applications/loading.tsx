// The list of applications while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../page-heads.ts";

export default function ApplicationsLoading(): ReactElement {
  return (
    <PageLoading label="Loading the applications" head={pageHeads.applications}>
      <Skeleton className="mb-4 h-14 max-w-72 rounded-md" />
      <Skeleton className="h-72 rounded-lg" />
    </PageLoading>
  );
}
