// The Signing Key page while its facts are gathered.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function SigningKeyLoading(): ReactElement {
  return (
    <>
      <PageHeader title="Signing Key" eyebrow="Security" />
      <p role="status" className="sr-only">
        Loading the signing keys
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)]">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
      <Skeleton className="mt-6 h-24" />
      <Skeleton className="mt-6 h-56" />
    </>
  );
}
