// A line at the top edge while the next page is read; until it is there, the one before stays. Skeletons would make every way
// longer: React shows one that it has begun with for 300 ms, and a page takes a third of that.
"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { type ReactElement, useEffect, useState } from "react";

/** It follows every link that the router follows; the line is drawn when a page takes noticeably long. */
export function NavigationProgress(): ReactElement | null {
  const here = addressOf(usePathname(), `${useSearchParams()}`);
  const [left, setLeft] = useState<string | null>(null);
  if (left !== null && left !== here) setLeft(null);
  useEffect(() => {
    const follow = ({ target, defaultPrevented }: MouseEvent): void => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
      // Where the router leads somewhere, it has kept the browser from doing so.
      if (link === null || !defaultPrevented) return;
      const { pathname, searchParams } = new URL(link.href);
      setLeft(addressOf(pathname, `${searchParams}`) === here ? null : here);
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, [here]);
  if (left !== here) return null;
  return (
    <div
      role="progressbar"
      aria-label="The page is loading"
      className="fixed inset-x-0 top-0 z-60 h-0.75 animate-appear-late"
    >
      <div className="size-full origin-left animate-reach bg-accent" />
    </div>
  );
}

function addressOf(path: string, query: string): string {
  return `${path}?${query}`;
}
