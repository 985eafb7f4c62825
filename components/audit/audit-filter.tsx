// Narrows the log by what was done and how it ended; each choice is an address, so it can be kept and shared.
"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactElement, useTransition } from "react";
import { actionLabel } from "#components/audit/action-label.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

type AuditFilterProps = {
  /** Every action that can be chosen. */
  actions: readonly string[];
  action: string | null;
  outcome: string | null;
};

const everything = "all";

const outcomes = [
  { value: everything, label: "Any outcome" },
  { value: "success", label: "Done" },
  { value: "denied", label: "Denied" },
  { value: "failed", label: "Failed" },
];

/** Two selects that lead to the narrowed log. */
export function AuditFilter({ actions, action, outcome }: AuditFilterProps): ReactElement {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();

  function show(chosen: { action: string | null; outcome: string | null }): void {
    const query = new URLSearchParams(
      Object.entries(chosen).flatMap(([name, value]) =>
        value === null || value === everything ? [] : [[name, value]],
      ),
    );
    startTransition(() => router.push(query.size === 0 ? pathname : `${pathname}?${query}`));
  }

  return (
    <div aria-busy={isPending} className="mb-4 grid gap-3 sm:grid-cols-[16rem_11rem]">
      <Field label="Action">
        <Select
          value={action ?? everything}
          onValueChange={(value) => show({ action: value, outcome })}
          options={[
            { value: everything, label: "Any action" },
            ...actions.map((value) => ({ value, label: actionLabel(value) })),
          ]}
        />
      </Field>
      <Field label="Outcome">
        <Select
          value={outcome ?? everything}
          onValueChange={(value) => show({ action, outcome: value })}
          options={outcomes}
        />
      </Field>
    </div>
  );
}
