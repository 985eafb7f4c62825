// Makes a personal access token and shows it once.
"use client";

import { type ReactElement, useRef, useState } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { Field } from "#components/ui/field.tsx";
import { SecretOnce } from "#components/ui/secret-once.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import type { CreateTokenInput } from "#lib/tokens/schema.ts";
import type { CreatedTokenView } from "#lib/tokens/view.ts";

type Permission = CreateTokenInput["permissions"][number];

/** The action that makes a token. */
export type CreateTokenAction = Action<CreateTokenInput, CreatedTokenView>;

type TokenCreateDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** What the person may hand on. */
  permissions: readonly Permission[];
  createAction: CreateTokenAction;
};

const permissionHints: Record<Permission, string> = {
  "certificates.manage": "Rotate and drop the signing key; generate, upload and delete certificates",
  "certificates.view": "Read keys and certificates, and assign certificates to applications",
  "applications.manage": "Register, change and delete applications",
  "audit.view": "Read the audit log",
  "members.manage": "Manage members and everybody's tokens",
};

const lifetimes = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "60", label: "60 days" },
  { value: "90", label: "90 days" },
] as const;

/** The dialog; after success it shows the token. */
export function TokenCreateDialog(props: TokenCreateDialogProps): ReactElement {
  const { open, onOpenChange, permissions, createAction } = props;
  const [created, setCreated] = useState<CreatedTokenView | null>(null);
  const [name, setName] = useState("");
  const [days, setDays] = useState<(typeof lifetimes)[number]["value"]>("30");
  const [chosen, setChosen] = useState<readonly Permission[]>([]);
  const { run, isPending, failure, errorOf } = useAction(createAction, setCreated);
  if (created !== null) return <CreatedDialog created={created} open={open} onOpenChange={onOpenChange} />;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      failure={failure}
      onSubmit={() => run({ name, permissions: [...chosen], expires_in_days: Number(days) })}
      title="New access token"
      description="A program that presents it acts as you in this organization, with what you allow here."
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="primary" isPending={isPending}>
            Create token
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} fields={["name", "expires_in_days"]} />
      <TextField
        label="Token name"
        hint="What it is for."
        error={errorOf("name")}
        value={name}
        maxLength={100}
        onChange={setName}
      />
      <Field label="Expires after" error={errorOf("expires_in_days")}>
        <Select options={lifetimes} value={days} onValueChange={setDays} />
      </Field>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2.5 text-sm font-medium">Permissions</legend>
        {permissions.map((permission) => (
          <Checkbox
            key={permission}
            label={<code className="kid">{permission}</code>}
            hint={permissionHints[permission]}
            checked={chosen.includes(permission)}
            onCheckedChange={(isChecked) =>
              setChosen((before) => before.filter((one) => one !== permission).concat(isChecked ? permission : []))
            }
          />
        ))}
      </fieldset>
    </Dialog>
  );
}

type CreatedDialogProps = Pick<TokenCreateDialogProps, "open" | "onOpenChange"> & { created: CreatedTokenView };

function CreatedDialog({ created, open, onOpenChange }: CreatedDialogProps): ReactElement {
  const copyButton = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isAlert
      initialFocus={copyButton}
      title={`Token "${created.name}"`}
      description="Send it as Authorization: Bearer <token> to the management API."
      footer={
        <Button tone="primary" onClick={() => onOpenChange(false)}>
          Done
        </Button>
      }
    >
      <SecretOnce label="Access token" value={created.token} copyButton={copyButton} />
    </Dialog>
  );
}
