// The list of certificates while it is read.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function CertificatesLoading(): ReactElement {
  return (
    <>
      <PageHeader title="Certificates" eyebrow="Security" />
      <p role="status" className="sr-only">
        Loading the certificates
      </p>
      <Skeleton className="mb-4 h-14 max-w-lg rounded-md" />
      <Skeleton className="h-72 rounded-lg" />
    </>
  );
}
