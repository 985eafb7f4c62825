// Adds a member by email; a new account's first password is shown once.
"use client";

import { type ReactElement, useRef, useState } from "react";
import { roleDescriptions, roleNames, rolesInOrder } from "#components/organizations/role-name.ts";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { Field } from "#components/ui/field.tsx";
import { SecretOnce } from "#components/ui/secret-once.tsx";
import { Select } from "#components/ui/select.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import type { AddMemberInput } from "#lib/organizations/schema.ts";
import type { AddedMemberView, Role } from "#lib/organizations/view.ts";

type MemberAddDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  addAction: Action<AddMemberInput, AddedMemberView>;
};

/** The options of a role select. */
export const roleOptions: { value: Role; label: string; description: string }[] = rolesInOrder.map((role) => ({
  value: role,
  label: roleNames[role],
  description: roleDescriptions[role],
}));

/** The dialog; after a new account it stays open to show the password. */
export function MemberAddDialog({ open, onOpenChange, addAction }: MemberAddDialogProps): ReactElement {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("auditor");
  const [added, setAdded] = useState<AddedMemberView | null>(null);
  const { run, isPending, failure, errorOf } = useAction(addAction, (member) => {
    if (member.initial_password !== null) {
      setAdded(member);
      return;
    }
    onOpenChange(false);
    showToast({ title: `${member.email} is a member now`, tone: "positive" });
  });
  if (added !== null) return <AddedDialog added={added} open={open} onOpenChange={onOpenChange} />;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      failure={failure}
      onSubmit={() => run({ email, name, role })}
      title="Add a member"
      description="Someone with an account is added at once; someone without one gets an account."
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="primary" isPending={isPending}>
            Add
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} fields={["email", "name", "role"]} />
      <TextField label="Email address" error={errorOf("email")} type="email" value={email} onChange={setEmail} />
      <TextField
        label="Full name"
        isOptional
        hint="Used for a new account."
        error={errorOf("name")}
        maxLength={80}
        value={name}
        onChange={setName}
      />
      <Field label="Role" error={errorOf("role")}>
        <Select options={roleOptions} value={role} onValueChange={setRole} />
      </Field>
    </Dialog>
  );
}

type AddedDialogProps = Pick<MemberAddDialogProps, "open" | "onOpenChange"> & { added: AddedMemberView };

function AddedDialog({ added, open, onOpenChange }: AddedDialogProps): ReactElement {
  const copyButton = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isAlert
      initialFocus={copyButton}
      title={`${added.email} has an account now`}
      description="Hand the password over in a safe way; its owner can change it under Settings."
      footer={
        <Button tone="primary" onClick={() => onOpenChange(false)}>
          Done
        </Button>
      }
    >
      <SecretOnce label="First password" value={added.initial_password ?? ""} copyButton={copyButton} />
    </Dialog>
  );
}
