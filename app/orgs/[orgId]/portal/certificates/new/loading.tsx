// The form of a new certificate while it is read.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function NewCertificateLoading(): ReactElement {
  return (
    <>
      <PageHeader title="Generate certificate" eyebrow="Certificates" />
      <p role="status" className="sr-only">
        Loading the form
      </p>
      <Skeleton className="h-160 max-w-2xl rounded-lg" />
    </>
  );
}
