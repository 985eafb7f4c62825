// What stands inside the portal where nothing is.
import type { ReactElement } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function PortalNotFound(): ReactElement {
  return (
    <div className="py-16">
      <h1 className="sr-only">Not found</h1>
      <EmptyState title="Nothing is sealed here">This page does not exist, or no longer does.</EmptyState>
    </div>
  );
}
