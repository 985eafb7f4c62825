// Who is a member of the organization as what, for those who may change it.
"use client";

import { UserMinus, UserPlus } from "lucide-react";
import type { ReactElement } from "react";
import { MemberAddDialog, roleOptions } from "#components/organizations/member-add-dialog.tsx";
import { MemberRemoveDialog } from "#components/organizations/member-remove-dialog.tsx";
import { roleNames } from "#components/organizations/role-name.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatDay } from "#components/ui/format-time.ts";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { RowMenu } from "#components/ui/row-menu.tsx";
import { RowMenuButton } from "#components/ui/row-menu-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { Table } from "#components/ui/table.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useDialog, useDialogAbout } from "#components/ui/use-dialog.ts";
import { useMenuHandle } from "#components/ui/use-menu-handle.ts";
import type { AddMemberInput, ChangeRoleInput, RemoveMemberInput } from "#lib/organizations/schema.ts";
import type { AddedMemberView, MemberView } from "#lib/organizations/view.ts";

type MembersCardProps = {
  members: readonly MemberView[];
  /** The person who looks: nobody changes their own role here, so that nobody locks themselves out by a slip. */
  ownUserId: string;
  addAction: Action<AddMemberInput, AddedMemberView>;
  changeRoleAction: Action<ChangeRoleInput, MemberView>;
  removeAction: Action<RemoveMemberInput, unknown>;
};

/** The card of the members in the settings. */
export function MembersCard(props: MembersCardProps): ReactElement {
  const { members, ownUserId, addAction, changeRoleAction, removeAction } = props;
  const dialog = useDialog();
  const menu = useMenuHandle<MemberView>();
  const removal = useDialogAbout<MemberView>();
  return (
    <Card
      title="Members"
      actions={
        <Button size="small" icon={<UserPlus className="size-3.5" aria-hidden="true" />} onClick={dialog.show}>
          Add member
        </Button>
      }
      isFlush
    >
      <MemberAddDialog key={dialog.key} open={dialog.isOpen} onOpenChange={dialog.setOpen} addAction={addAction} />
      <Table
        caption="Members of the organization"
        rows={members}
        rowKey={(member) => member.user_id}
        columns={[
          {
            key: "person",
            header: "Person",
            isRowHeader: true,
            cell: (member) => <Person member={member} isSelf={member.user_id === ownUserId} />,
          },
          {
            key: "role",
            header: "Role",
            className: "@2xl:w-52",
            cell: (member) =>
              member.user_id === ownUserId ? (
                roleNames[member.role]
              ) : (
                <RoleSelect member={member} changeRoleAction={changeRoleAction} />
              ),
          },
          { key: "added", header: "Member since", cell: (member) => formatDay(member.added_at) },
          {
            key: "actions",
            header: "Actions",
            isHeaderHidden: true,
            align: "end",
            className: "list-corner",
            cell: (member) =>
              member.user_id === ownUserId ? null : (
                <RowMenuButton menu={menu} row={member} label={`Actions for ${member.email}`} />
              ),
          },
        ]}
      />
      <RowMenu menu={menu}>
        {(member) => (
          <MenuItem tone="danger" icon={<UserMinus aria-hidden="true" />} onSelect={() => removal.show(member)}>
            Remove
          </MenuItem>
        )}
      </RowMenu>
      {removal.subject === null ? null : (
        <MemberRemoveDialog
          key={removal.key}
          open={removal.isOpen}
          onOpenChange={removal.setOpen}
          member={removal.subject}
          removeAction={removeAction}
        />
      )}
    </Card>
  );
}

function Person({ member, isSelf }: { member: MemberView; isSelf: boolean }): ReactElement {
  return (
    <span className="block">
      <span className="flex flex-wrap items-center gap-x-2">
        {member.name}
        {isSelf ? <Badge>You</Badge> : null}
        {member.is_disabled ? <Badge tone="warning">Disabled</Badge> : null}
      </span>
      {member.name === member.email ? null : (
        <span className="block text-xs font-normal text-muted">{member.email}</span>
      )}
    </span>
  );
}

type RoleSelectProps = { member: MemberView; changeRoleAction: MembersCardProps["changeRoleAction"] };

function RoleSelect({ member, changeRoleAction }: RoleSelectProps): ReactElement {
  const { run, isPending } = useAction(
    changeRoleAction,
    ({ email, role }) => showToast({ title: `${email} is ${roleNames[role].toLowerCase()} now`, tone: "positive" }),
    ({ message }) => showToast({ title: "The role stays as it was", description: message, tone: "danger" }),
  );
  return (
    <Select
      aria-label={`Role of ${member.email}`}
      options={roleOptions}
      value={member.role}
      isReadOnly={isPending}
      onValueChange={(role) => {
        if (role !== member.role) run({ user_id: member.user_id, role });
      }}
    />
  );
}
