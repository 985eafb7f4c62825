// The secrets of a confidential client: two work at a time, so that one replaces the other without an outage.
"use client";

import { Plus } from "lucide-react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { ClientSecretDeleteButton } from "#components/applications/client-secret-delete-button.tsx";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SecretOnce } from "#components/ui/secret-once.tsx";
import { type Action, useAction } from "#components/ui/use-action.ts";
import type { ClientSecretView, CreatedClientSecretView, OidcApplicationView } from "#lib/applications/view.ts";

/** What can be done to the secrets of a client. */
export type ClientSecretActions = {
  createAction: Action<{ id: string }, CreatedClientSecretView>;
  deleteAction: Action<{ id: string; secretId: string }, ClientSecretView>;
};

type ClientSecretsCardProps = {
  application: OidcApplicationView;
  /** The server's clock, ISO 8601. */
  now: string;
  /** Null for who may only look. */
  actions: ClientSecretActions | null;
};

const maximumSecrets = 2;

/** The card with its dialogs. */
export function ClientSecretsCard({ application, now, actions }: ClientSecretsCardProps): ReactElement {
  const { id, client_secrets: secrets } = application;
  return (
    <Card
      title="Client secrets"
      description="Shown once, when they are made. To replace one: make a second, give it to the program, delete the first."
      actions={
        // It stays when there is no room for another secret, because it still shows the one that was just made.
        actions === null ? undefined : (
          <NewSecret id={id} hasRoom={secrets.length < maximumSecrets} createAction={actions.createAction} />
        )
      }
    >
      {secrets.length === 0 ? (
        <Notice tone="warning">No secret works at the moment, so the client cannot get a token.</Notice>
      ) : (
        <ul className="divide-y divide-line">
          {secrets.map((secret) => (
            <li key={secret.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <span className="min-w-0">
                <code className="kid text-sm">{`…${secret.hint}`}</code>
                <span className="block text-xs text-muted">
                  {"made "}
                  <RelativeTime at={secret.created_at} now={now} />
                </span>
              </span>
              {actions === null ? null : (
                <ClientSecretDeleteButton
                  applicationId={id}
                  secret={secret}
                  isLast={secrets.length === 1}
                  deleteAction={actions.deleteAction}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

type NewSecretProps = { id: string; hasRoom: boolean; createAction: ClientSecretActions["createAction"] };

function NewSecret({ id, hasRoom, createAction }: NewSecretProps): ReactElement {
  const [created, setCreated] = useState<CreatedClientSecretView | null>(null);
  const [isShown, setShown] = useState(false);
  const copyButton = useRef<HTMLButtonElement>(null);
  // To copy it comes next, and the button that made it is gone.
  useEffect(() => {
    if (created !== null) copyButton.current?.focus();
  }, [created]);
  const { run, isPending, failure } = useAction(createAction, setCreated);
  function setOpen(isOpen: boolean): void {
    setShown(isOpen);
    if (isOpen) setCreated(null);
  }
  return (
    <>
      {hasRoom ? (
        <Button size="small" icon={<Plus className="size-3.5" aria-hidden="true" />} onClick={() => setOpen(true)}>
          New secret
        </Button>
      ) : null}
      <Dialog
        open={isShown}
        onOpenChange={setOpen}
        isAlert
        isBusy={isPending}
        size="small"
        finalFocus={() => (hasRoom ? true : document.getElementById("main"))}
        title={created === null ? "Make another client secret?" : "The new client secret"}
        description={
          created === null
            ? "It works at once, beside the one that is there."
            : "Give it to the program, then delete the old one."
        }
        footer={
          created === null ? (
            <>
              <DialogCancel />
              <Button tone="primary" isPending={isPending} onClick={() => run({ id })}>
                Make secret
              </Button>
            </>
          ) : (
            <Button tone="primary" onClick={() => setShown(false)}>
              I have kept the secret
            </Button>
          )
        }
      >
        {failure === null ? null : <ActionFailureNotice failure={failure} />}
        {created === null ? null : (
          <SecretOnce label="Client secret" value={created.client_secret} copyButton={copyButton} />
        )}
      </Dialog>
    </>
  );
}
