// The shape of a page while it is read. Of the browser, because every page carries it: as one reference, not as a tree.
"use client";

import type { ReactElement } from "react";
import { PageLoading } from "#components/shell/page-loading.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function PortalLoading(): ReactElement {
  return (
    <PageLoading label="Loading">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-2 mb-6 w-80 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1.8fr)_minmax(0,1fr)]">
        <Skeleton className="h-44 rounded-lg" />
        <Skeleton className="h-44 rounded-lg" />
      </div>
      <Skeleton className="mt-4 h-64 rounded-lg" />
    </PageLoading>
  );
}
