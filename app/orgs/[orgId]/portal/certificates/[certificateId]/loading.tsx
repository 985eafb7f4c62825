// One certificate while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function CertificateLoading(): ReactElement {
  return (
    <PageLoading label="Loading the certificate">
      <Skeleton className="mb-2 h-7 w-56" />
      <Skeleton className="mb-6 w-72 max-w-full" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <Skeleton className="h-112 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
    </PageLoading>
  );
}
