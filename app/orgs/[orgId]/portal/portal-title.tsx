// The title of the browser's tab. It changes together with the page: metadata would follow after it, and a tab without a title flickers.
"use client";

import { useSelectedLayoutSegments } from "next/navigation";
import type { ReactElement } from "react";
import { pageTitle } from "./page-titles.ts";

/** The page, the organization, Signet. */
export function PortalTitle({ organization }: { organization: string }): ReactElement {
  return <title>{`${pageTitle(useSelectedLayoutSegments())} · ${organization} · Signet`}</title>;
}
