// The sessions while they are read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../page-heads.ts";

export default function SessionsLoading(): ReactElement {
  return (
    <PageLoading label="Loading the sessions" head={pageHeads.sessions}>
      <Skeleton className="h-72 rounded-lg" />
    </PageLoading>
  );
}
