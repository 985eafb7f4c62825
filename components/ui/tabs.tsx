// Several views of one thing, one of them shown.
"use client";

import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactElement, ReactNode } from "react";

type TabsProps = {
  /** What the tabs choose between, such as "Language"; read out, not shown. */
  label: string;
  tabs: readonly { value: string; label: string; panel: ReactNode }[];
};

/** Tabs; the first one is shown at the beginning. */
export function Tabs({ label, tabs }: TabsProps): ReactElement {
  return (
    <BaseTabs.Root defaultValue={tabs[0]?.value}>
      <BaseTabs.List aria-label={label} className="mb-3 flex flex-wrap gap-1 border-b border-line">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px rounded-t-sm border-b-2 border-transparent px-2.5 py-1.5 text-sm text-muted hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink pointer-coarse:py-3"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="outline-none">
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
