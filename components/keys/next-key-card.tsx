// The key that takes over at the next rotation: since when it is published, whether readers can know it, and the menu with Change algorithm.
"use client";

import { CircleCheck, Radio, SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import type { KeyAction, ReplaceNextKeyRequest } from "#components/keys/key-action.ts";
import { KeyAlgorithmDialog } from "#components/keys/key-algorithm-dialog.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { ActionMenu } from "#components/ui/action-menu.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type NextKeyCardProps = {
  status: SigningKeyStatusView;
  canManage: boolean;
  replaceNextAction: KeyAction<ReplaceNextKeyRequest>;
};

/** The card of the next key. */
export function NextKeyCard({ status, canManage, replaceNextAction }: NextKeyCardProps): ReactElement {
  const { next_key: key, server_time: now } = status;
  const dialog = useDialog();
  const router = useRouter();
  return (
    <Card
      title="Next in queue"
      description="Takes over at the next rotation."
      actions={
        canManage ? (
          <ActionMenu label="Actions for the next key">
            <MenuItem icon={<SlidersHorizontal aria-hidden="true" />} onSelect={dialog.show}>
              Change algorithm
            </MenuItem>
          </ActionMenu>
        ) : undefined
      }
    >
      <div className="flex items-center gap-3 pb-4">
        <KeySeal kid={key.kid} state="next" className="size-10" />
        <div className="flex min-w-0 items-center gap-1">
          <Kid kid={key.kid} className="text-xs/4.5" />
          <CopyButton value={key.kid} label="Copy the next key ID" />
        </div>
      </div>
      {key.propagated ? (
        <Badge tone="positive" icon={<CircleCheck aria-hidden="true" />}>
          Propagated: ready to sign
        </Badge>
      ) : (
        <Badge tone="warning" icon={<Radio aria-hidden="true" />}>
          <span>
            Propagating ·{" "}
            <Countdown seconds={key.seconds_until_propagated} since={now} onDone={() => router.refresh()} /> left
          </span>
        </Badge>
      )}
      <DefinitionList
        className="mt-4"
        columns={1}
        items={[
          { term: "Algorithm", detail: describeAlgorithm(key.algorithm, key.rsa_bits) },
          {
            term: "Published since",
            detail: formatInstant(key.published_at),
            note: <RelativeTime at={key.published_at} now={now} />,
          },
          {
            term: "Every reader holds it from",
            detail: formatInstant(key.propagated_at, !key.propagated),
            note: key.propagated
              ? "No JWKS fetched before it is still fresh."
              : "Until then some readers may hold a JWKS without it.",
          },
        ]}
      />
      {canManage ? (
        <KeyAlgorithmDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={dialog.setOpen}
          status={status}
          replaceNextAction={replaceNextAction}
        />
      ) : null}
    </Card>
  );
}
