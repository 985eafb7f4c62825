// The Signing Key page while its facts are gathered.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../page-heads.ts";

export default function SigningKeyLoading(): ReactElement {
  return (
    <PageLoading label="Loading the signing keys" head={pageHeads.signingKey}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)]">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
      <Skeleton className="mt-6 h-24" />
      <Skeleton className="mt-6 h-56" />
    </PageLoading>
  );
}
