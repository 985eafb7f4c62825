// The list of certificates while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../page-heads.ts";

export default function CertificatesLoading(): ReactElement {
  return (
    <PageLoading label="Loading the certificates" head={pageHeads.certificates}>
      <Skeleton className="mb-4 h-14 max-w-lg rounded-md" />
      <Skeleton className="h-72 rounded-lg" />
    </PageLoading>
  );
}
