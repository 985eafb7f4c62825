// Narrows the log by what was done and how it ended; each choice is an address, so it can be kept and shared.
"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactElement, useOptimistic, useTransition } from "react";
import { actionLabel } from "#components/audit/action-label.ts";
import { FilterSelect } from "#components/ui/filter-select.tsx";
import { AUDIT_ACTIONS } from "#lib/audit/event.ts";

type AuditFilterProps = {
  action: string | null;
  outcome: string | null;
};

const everything = "all";

const actions = [
  { value: everything, label: "Any action" },
  ...AUDIT_ACTIONS.map((value) => ({ value, label: actionLabel(value) })),
];

const outcomes = [
  { value: everything, label: "Any outcome" },
  { value: "success", label: "Done" },
  { value: "denied", label: "Denied" },
  { value: "failed", label: "Failed" },
];

/** Two selects that lead to the narrowed log. */
export function AuditFilter({ action, outcome }: AuditFilterProps): ReactElement {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  // What was chosen counts at once: arrow keys choose several times, and both may be chosen, before a page has come.
  const [chosen, choose] = useOptimistic({ action: action ?? everything, outcome: outcome ?? everything });

  function show(change: Partial<typeof chosen>): void {
    const next = { ...chosen, ...change };
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== everything));
    const href = query.size === 0 ? pathname : `${pathname}?${query}`;
    startTransition(() => {
      choose(next);
      if (isPending) router.replace(href);
      else router.push(href);
    });
  }

  return (
    <div aria-busy={isPending} className="mb-4 grid gap-3 sm:grid-cols-[16rem_11rem]">
      <FilterSelect
        label="Action"
        value={chosen.action}
        options={actions}
        onValueChange={(value) => show({ action: value })}
      />
      <FilterSelect
        label="Outcome"
        value={chosen.outcome}
        options={outcomes}
        onValueChange={(value) => show({ outcome: value })}
      />
    </div>
  );
}
