// The history: keys that were dropped, and when they signed.
"use client";

import { History } from "lucide-react";
import type { ReactElement } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { formatDay, formatInstant } from "#components/ui/format-time.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table } from "#components/ui/table.tsx";
import type { DroppedKeyView } from "#lib/keys/view.ts";

type DroppedKeysTableProps = { keys: readonly DroppedKeyView[]; now: string };

/** A table of dropped keys, the latest first. */
export function DroppedKeysTable({ keys, now }: DroppedKeysTableProps): ReactElement {
  return (
    <Table
      caption="Dropped keys, the latest first"
      rows={keys}
      rowKey={(key) => key.kid}
      empty={
        <EmptyState icon={<History aria-hidden="true" />} title="No key has been dropped yet">
          Dropped keys stay here as history; their private halves are destroyed.
        </EmptyState>
      }
      columns={[
        {
          key: "kid",
          header: "Key ID",
          isRowHeader: true,
          cell: (key) => (
            <span className="flex items-center gap-2.5">
              <KeySeal kid={key.kid} state="dropped" className="size-6" />
              <Kid kid={key.kid} className="text-xs/4" />
            </span>
          ),
        },
        {
          key: "algorithm",
          header: "Algorithm",
          className: "@2xl:whitespace-nowrap",
          cell: (key) => describeAlgorithm(key.algorithm, key.rsa_bits),
        },
        {
          key: "signed",
          header: "Signed",
          className: "text-muted @2xl:whitespace-nowrap",
          cell: (key) => signedPeriod(key),
        },
        {
          key: "dropped",
          header: "Dropped",
          className: "@2xl:whitespace-nowrap",
          cell: (key) => (
            <span title={formatInstant(key.dropped_at, true)}>
              <RelativeTime at={key.dropped_at} now={now} />
            </span>
          ),
        },
      ]}
    />
  );
}

function signedPeriod(key: DroppedKeyView): string {
  if (key.activated_at === null) return "Never: replaced in the queue";
  if (key.rotated_at === null) return `From ${formatDay(key.activated_at)}`;
  return `${formatDay(key.activated_at)} – ${formatDay(key.rotated_at)}`;
}
