// The key that signs now: its identity, what hangs on it, where its public half is published, and the menu with Rotate.
"use client";

import { RefreshCw } from "lucide-react";
import type { ReactElement } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import type { KeyAction, RotateKeyRequest } from "#components/keys/key-action.ts";
import { KeyRotateDialog } from "#components/keys/key-rotate-dialog.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { ActionMenu } from "#components/ui/action-menu.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { formatCount, formatNumber } from "#components/ui/format-count.ts";
import { formatDay, formatDuration, formatInstant } from "#components/ui/format-time.ts";
import { MenuItem } from "#components/ui/menu-item.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type CurrentKeyCardProps = {
  status: SigningKeyStatusView;
  /** The public address of the organization's JWKS. */
  jwksUrl: string;
  /** Where applications are listed; one of them lies at `${applicationsHref}/${id}`. */
  applicationsHref: string;
  canManage: boolean;
  rotateAction: KeyAction<RotateKeyRequest>;
};

/** The card of the current key. */
export function CurrentKeyCard(props: CurrentKeyCardProps): ReactElement {
  const { status, jwksUrl, applicationsHref, canManage, rotateAction } = props;
  const { current_key: key, server_time: now } = status;
  const dialog = useDialog();
  return (
    <Card
      title="Current key"
      aside={<Badge tone="accent">Signs every new token</Badge>}
      actions={
        canManage ? (
          <ActionMenu label="Actions for the current key">
            <MenuItem icon={<RefreshCw aria-hidden="true" />} onSelect={dialog.show}>
              Rotate
            </MenuItem>
          </ActionMenu>
        ) : undefined
      }
      footer={<JwksAddress url={jwksUrl} />}
    >
      <div className="flex items-center gap-4 pb-5">
        <KeySeal kid={key.kid} state="current" className="size-14" />
        <div className="min-w-0 flex-1">
          <p className="text-xs text-faint">Key ID (kid)</p>
          <div className="flex items-center gap-1">
            <Kid kid={key.kid} className="text-sm/5 sm:text-[0.9375rem]/5" />
            <CopyButton value={key.kid} label="Copy the current key ID" />
          </div>
        </div>
      </div>
      <DefinitionList
        columns={4}
        items={[
          { term: "Algorithm", detail: describeAlgorithm(key.algorithm, key.rsa_bits) },
          {
            term: "Created",
            detail: formatInstant(status.current_key_created_at),
            note: <RelativeTime at={status.current_key_created_at} now={now} />,
          },
          {
            term: "Active sessions",
            detail: formatNumber(status.active_sessions),
            note: `${formatNumber(key.active_sessions)} on this key`,
          },
          {
            term: "Maximum token expiry",
            detail: formatDuration(status.max_token_expiry_secs),
            note:
              status.max_token_expiry_secs === 0
                ? "No application gets tokens"
                : `${formatNumber(status.max_token_expiry_secs)} s, over all applications`,
          },
        ]}
      />
      <div className="mt-4 border-t border-line pt-4">
        <p className="text-xs text-faint">Default SAML certificate, SHA-256</p>
        <div className="flex items-center gap-1">
          <code className="kid min-w-0 truncate text-xs text-muted" title={key.certificate_fingerprint_sha256}>
            {key.certificate_fingerprint_sha256}
          </code>
          <CopyButton value={key.certificate_fingerprint_sha256} label="Copy the certificate fingerprint" />
        </div>
        <p className="text-xs text-muted">
          {`Expires ${formatDay(key.certificate_expires_at)} · signs for ${formatCount(status.saml_apps_using_default_cert, "SAML application")}`}
        </p>
      </div>
      {canManage ? (
        <KeyRotateDialog
          key={dialog.key}
          open={dialog.isOpen}
          onOpenChange={dialog.setOpen}
          status={status}
          applicationsHref={applicationsHref}
          rotateAction={rotateAction}
        />
      ) : null}
    </Card>
  );
}

function JwksAddress({ url }: { url: string }): ReactElement {
  return (
    <div className="flex items-center gap-2">
      <span className="shrink-0 text-xs text-faint">JWKS</span>
      <a
        href={url}
        title={url}
        className="kid min-w-0 flex-1 truncate rounded-sm text-xs text-muted underline decoration-line underline-offset-3 hover:text-ink"
      >
        {url}
      </a>
      <CopyButton value={url} label="Copy the JWKS URL" />
    </div>
  );
}
