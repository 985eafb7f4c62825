// The form of an upload while it is read.
import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { pageHeads } from "../../page-heads.ts";

export default function UploadCertificateLoading(): ReactElement {
  return (
    <PageLoading label="Loading the form" head={pageHeads.uploadCertificate}>
      <Skeleton className="h-160 max-w-2xl rounded-lg" />
    </PageLoading>
  );
}
