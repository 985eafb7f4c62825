// The form of a new application while it is prepared.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../../page-heads.ts";

export default function NewApplicationLoading(): ReactElement {
  return (
    <PageLoading label="Loading the form" head={pageHeads.newApplication}>
      <Skeleton className="h-128 max-w-2xl rounded-lg" />
    </PageLoading>
  );
}
