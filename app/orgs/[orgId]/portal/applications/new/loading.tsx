// The form of a new application while it is prepared.
import type { ReactElement } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function NewApplicationLoading(): ReactElement {
  return (
    <>
      <PageHeader title="New application" eyebrow="Applications" />
      <p role="status" className="sr-only">
        Loading the form
      </p>
      <Skeleton className="h-128 max-w-2xl rounded-lg" />
    </>
  );
}
