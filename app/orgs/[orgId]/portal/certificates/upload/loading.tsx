// The form of an upload while it is read.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function UploadCertificateLoading(): ReactElement {
  return (
    <>
      <PageHeader title="Upload certificate" eyebrow="Certificates" />
      <p role="status" className="sr-only">
        Loading the form
      </p>
      <Skeleton className="h-160 max-w-2xl rounded-lg" />
    </>
  );
}
