// The form of a new certificate while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../../page-heads.ts";

export default function NewCertificateLoading(): ReactElement {
  return (
    <PageLoading label="Loading the form" head={pageHeads.newCertificate}>
      <Skeleton className="h-160 max-w-2xl rounded-lg" />
    </PageLoading>
  );
}
