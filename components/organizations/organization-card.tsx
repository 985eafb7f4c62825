// What the organization is called: a form for who may change it, plain facts for everybody else.
"use client";

import { type ReactElement, useRef, useState } from "react";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatInstant } from "#components/ui/format-time.ts";
import { showToast } from "#components/ui/show-toast.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import { useFocusInvalid } from "#components/ui/use-focus-invalid.ts";
import type { RenameOrganizationInput } from "#lib/organizations/schema.ts";
import type { OrganizationView } from "#lib/organizations/view.ts";

type OrganizationCardProps = {
  organization: OrganizationView;
  /** The issuer of the organization's tokens. */
  issuer: string;
  /** Null where the person may not rename it. */
  renameAction: Action<RenameOrganizationInput, OrganizationView> | null;
};

/** The card of the organization in the settings. */
export function OrganizationCard({ organization, issuer, renameAction }: OrganizationCardProps): ReactElement {
  return (
    <Card title="Organization">
      {renameAction === null ? null : <NameForm name={organization.name} renameAction={renameAction} />}
      <DefinitionList
        columns={2}
        items={[
          ...(renameAction === null ? [{ term: "Name", detail: organization.name }] : []),
          { term: "ID, in every address", detail: <Copyable value={organization.id} label="organization ID" /> },
          { term: "Issuer", detail: <Copyable value={issuer} label="issuer" /> },
          { term: "Created", detail: formatInstant(organization.created_at) },
        ]}
      />
    </Card>
  );
}

function Copyable({ value, label }: { value: string; label: string }): ReactElement {
  return (
    <span className="flex items-center gap-1">
      <code className="kid min-w-0 text-xs wrap-anywhere">{value}</code>
      <CopyButton value={value} label={`Copy the ${label}`} />
    </span>
  );
}

type NameFormProps = { name: string; renameAction: NonNullable<OrganizationCardProps["renameAction"]> };

function NameForm({ name, renameAction }: NameFormProps): ReactElement {
  const [typed, setTyped] = useState(name);
  const { run, isPending, failure, errorOf } = useAction(renameAction, (organization) => {
    setTyped(organization.name);
    showToast({ title: "Name saved", tone: "positive" });
  });
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, failure);
  return (
    <form
      ref={form}
      noValidate
      className="mb-5 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) run({ name: typed });
      }}
    >
      <ActionFailureNotice failure={failure} fields={["name"]} />
      <div className="flex max-w-md flex-wrap items-start gap-2">
        <div className="min-w-48 flex-1">
          <TextField label="Name" error={errorOf("name")} value={typed} maxLength={80} onChange={setTyped} />
        </div>
        <Button type="submit" isPending={isPending} disabled={typed === name} className="mt-6.5">
          Save
        </Button>
      </div>
    </form>
  );
}
