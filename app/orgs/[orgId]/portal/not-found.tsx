// What stands inside the portal where nothing is.
"use client";

import { SearchX } from "lucide-react";
import { useParams } from "next/navigation";
import type { ReactElement } from "react";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function PortalNotFound(): ReactElement {
  const { orgId } = useParams<{ orgId: string }>();
  return (
    <div className="py-16">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<SearchX aria-hidden="true" />}
        title="Nothing is sealed here"
        action={<ButtonLink href={`/orgs/${orgId}/portal`}>To the overview</ButtonLink>}
      >
        This page does not exist, or no longer does.
      </EmptyState>
    </div>
  );
}
