// Makes another organization, with keys of its own, and leads there.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { CreateOrganizationInput } from "#lib/organizations/schema.ts";
import type { OrganizationView } from "#lib/organizations/view.ts";

type CreateAction = Action<CreateOrganizationInput, OrganizationView>;

/** The button that opens the dialog. */
export function OrganizationCreateButton({ createAction }: { createAction: CreateAction }): ReactElement {
  const dialog = useDialog();
  return (
    <>
      <Button onClick={dialog.show}>New organization</Button>
      <OrganizationCreateDialog
        key={dialog.key}
        open={dialog.isOpen}
        onOpenChange={dialog.setOpen}
        createAction={createAction}
      />
    </>
  );
}

type OrganizationCreateDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  createAction: CreateAction;
};

function toSlug(name: string): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return letters
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}

function OrganizationCreateDialog({ open, onOpenChange, createAction }: OrganizationCreateDialogProps): ReactElement {
  const router = useRouter();
  const [name, setName] = useState("");
  const [typedId, setTypedId] = useState<string | null>(null);
  const id = typedId ?? toSlug(name);
  const { run, isPending, failure, errorOf } = useAction(createAction, (organization) => {
    onOpenChange(false);
    router.push(`/orgs/${organization.id}/portal`);
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      failure={failure}
      onSubmit={() => run({ id, name })}
      title="New organization"
      description="It gets a signing key and a next key of its own at once, and you become its owner."
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="primary" isPending={isPending}>
            Create
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} fields={["name", "id"]} />
      <TextField label="Name" error={errorOf("name")} value={name} maxLength={80} onChange={setName} />
      <TextField
        label="ID"
        hint="Stands in every address and in the issuer of its tokens. It can never be changed."
        error={errorOf("id")}
        isMono
        value={id}
        maxLength={63}
        onChange={setTypedId}
      />
    </Dialog>
  );
}
