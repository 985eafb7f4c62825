// The list of certificates while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function CertificatesLoading(): ReactElement {
  return (
    <PageLoading label="Loading the certificates" title="Certificates" eyebrow="Security">
      <Skeleton className="mb-4 h-14 max-w-lg rounded-md" />
      <Skeleton className="h-72 rounded-lg" />
    </PageLoading>
  );
}
