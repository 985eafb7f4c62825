// The personal access tokens: one's own, or everybody's for who manages members.
"use client";

import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import { type CreateTokenAction, TokenCreateDialog } from "#components/tokens/token-create-dialog.tsx";
import { TokenRevokeButton } from "#components/tokens/token-revoke-dialog.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table } from "#components/ui/table.tsx";
import { TagList } from "#components/ui/tag-list.tsx";
import type { Action } from "#components/ui/use-action.ts";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { CreateTokenInput } from "#lib/tokens/schema.ts";
import type { TokenView } from "#lib/tokens/view.ts";

type TokensCardProps = {
  tokens: readonly TokenView[];
  /** The server's clock, ISO 8601. */
  now: string;
  /** True where other people's tokens are among them. */
  showsOwners: boolean;
  nextHref: string | null;
  permissions: CreateTokenInput["permissions"];
  createAction: CreateTokenAction;
  revokeAction: Action<{ id: string }, TokenView>;
};

/** The card of the tokens in the settings. */
export function TokensCard(props: TokensCardProps): ReactElement {
  const { tokens, now, showsOwners, nextHref, permissions, createAction, revokeAction } = props;
  const dialog = useDialog();
  return (
    <Card
      title="Personal access tokens"
      description="For scripts and programs that use the management API."
      actions={
        <Button size="small" icon={<Plus className="size-3.5" aria-hidden="true" />} onClick={dialog.show}>
          New token
        </Button>
      }
      footer={
        nextHref === null ? undefined : <Pagination label="access tokens" previousHref={null} nextHref={nextHref} />
      }
      isFlush
    >
      <TokenCreateDialog
        key={dialog.key}
        open={dialog.isOpen}
        onOpenChange={dialog.setOpen}
        permissions={permissions}
        createAction={createAction}
      />
      <Table
        caption="Personal access tokens"
        rows={tokens}
        rowKey={(token) => token.id}
        empty={<EmptyState title="No token yet">Nothing but people uses this organization's API.</EmptyState>}
        columns={[
          { key: "name", header: "Name", isRowHeader: true, cell: (token) => token.name },
          ...(showsOwners ? [{ key: "owner", header: "Owner", cell: (token: TokenView) => token.owner.email }] : []),
          {
            key: "permissions",
            header: "Permissions",
            className: "@2xl:w-80",
            cell: (token) => <TagList label={`Permissions of ${token.name}`} tags={token.permissions} />,
          },
          {
            key: "used",
            header: "Last used",
            className: "@2xl:whitespace-nowrap",
            cell: (token) =>
              token.last_used_at === null ? "Never" : <RelativeTime at={token.last_used_at} now={now} />,
          },
          {
            key: "state",
            header: "Expires",
            className: "@2xl:whitespace-nowrap",
            cell: (token) => <TokenState token={token} now={now} />,
          },
          {
            key: "actions",
            header: "Actions",
            isHeaderHidden: true,
            align: "end",
            cell: (token) =>
              isAlive(token, now) ? <TokenRevokeButton token={token} revokeAction={revokeAction} /> : null,
          },
        ]}
      />
    </Card>
  );
}

function isAlive(token: TokenView, now: string): boolean {
  return token.revoked_at === null && Date.parse(token.expires_at) > Date.parse(now);
}

function TokenState({ token, now }: { token: TokenView; now: string }): ReactElement {
  if (token.revoked_at !== null) return <Badge>Revoked</Badge>;
  if (!isAlive(token, now)) return <Badge>Expired</Badge>;
  return <RelativeTime at={token.expires_at} now={now} />;
}
