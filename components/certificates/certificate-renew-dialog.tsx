// Renews a certificate: a new one over the same key pair, with the old one beside it.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useRef, useState } from "react";
import type { RenewCertificateAction } from "#components/certificates/certificate-action.ts";
import { lastDay, typedDays, validUntil } from "#components/certificates/new-certificate-values.ts";
import { RenewalComparison } from "#components/certificates/renewal-comparison.tsx";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogCancel } from "#components/ui/dialog-cancel.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { useAction } from "#components/ui/use-action.ts";
import type { CertificateRenewalView, CertificateView } from "#lib/certificates/view.ts";

type CertificateRenewDialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  certificate: CertificateView;
  certificatesHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
  renewAction: RenewCertificateAction;
};

/** The dialog behind Renew; afterwards it shows both certificates and leads to the new one. */
export function CertificateRenewDialog(props: CertificateRenewDialogProps): ReactElement {
  const { open, onOpenChange, certificate, certificatesHref, now, renewAction } = props;
  // The page behind is read again after the renewal; what is compared stays what it was.
  const [before] = useState(certificate);
  const [days, setDays] = useState("365");
  const [made, setMade] = useState<CertificateRenewalView | null>(null);
  const { run, isPending, failure, errorOf } = useAction(renewAction, setMade);
  if (made?.renewed) {
    return <RenewedDialog {...{ open, onOpenChange, certificatesHref }} previous={before} renewal={made} />;
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      isBusy={isPending}
      failure={failure}
      onSubmit={() => run({ id: before.id, validity_days: typedDays(days) })}
      title={<>Renew {<bdi>{before.name}</bdi>}</>}
      description="Makes a new certificate over the same key pair. Tokens and verifiers that know the key notice nothing."
      footer={
        <>
          <DialogCancel />
          <Button type="submit" tone="primary" isPending={isPending}>
            Renew certificate
          </Button>
        </>
      }
    >
      <ActionFailureNotice failure={failure} fields={["validity_days"]} />
      <TextField
        label="Validity in days"
        error={errorOf("validity_days")}
        hint={`${validUntil(days, now) ?? "A whole number of days"}. At most 3650, ten years.`}
        name="validity_days"
        value={days}
        onChange={setDays}
        inputMode="numeric"
        className="max-w-40"
      />
      <RenewalComparison previous={before} renewed={{ not_before: null, expires_at: lastDay(days, now) }} />
      <p className="text-sm text-muted">{movesText(before.used_by.length)}</p>
    </Dialog>
  );
}

function movesText(count: number): string {
  if (count === 0) return "No application uses it; the old certificate stays until it is deleted.";
  return `${formatCount(count, "application")} ${count === 1 ? "moves" : "move"} to the new certificate at the same moment. A SAML service provider that pinned the old fingerprint has to be given the new certificate.`;
}

type RenewedDialogProps = Pick<CertificateRenewDialogProps, "open" | "onOpenChange" | "certificatesHref"> & {
  previous: CertificateView;
  renewal: CertificateRenewalView;
};

function RenewedDialog({ open, onOpenChange, certificatesHref, previous, renewal }: RenewedDialogProps): ReactElement {
  const router = useRouter();
  const proceed = useRef<HTMLButtonElement>(null);
  const { renewed, moved_applications: moved } = renewal;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      initialFocus={proceed}
      title="Certificate renewed"
      description={
        moved.length === 0
          ? "The new certificate is stored beside the old one."
          : `${formatCount(moved.length, "application")} ${moved.length === 1 ? "signs" : "sign"} with it now.`
      }
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Stay here</Button>
          <Button
            ref={proceed}
            tone="primary"
            onClick={() => {
              onOpenChange(false);
              router.push(`${certificatesHref}/${renewed?.id ?? ""}`);
            }}
          >
            Open the new certificate
          </Button>
        </>
      }
    >
      {renewed === null ? null : <RenewalComparison previous={previous} renewed={renewed} />}
    </Dialog>
  );
}
