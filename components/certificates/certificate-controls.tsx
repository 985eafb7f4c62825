// What can be done to one certificate: renew it, delete it.
"use client";

import { RefreshCw, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import type { DeleteCertificateAction, RenewCertificateAction } from "#components/certificates/certificate-action.ts";
import { CertificateDeleteDialog } from "#components/certificates/certificate-delete-dialog.tsx";
import { CertificateRenewDialog } from "#components/certificates/certificate-renew-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { useDialog } from "#components/ui/use-dialog.ts";
import type { CertificateView } from "#lib/certificates/view.ts";

type CertificateControlsProps = {
  certificate: CertificateView;
  certificatesHref: string;
  applicationsHref: string;
  sessionsHref: string;
  /** The server's clock, ISO 8601. */
  now: string;
  renewAction: RenewCertificateAction;
  deleteAction: DeleteCertificateAction;
};

/** Two buttons with their dialogs; only a certificate that signs itself can be renewed here. */
export function CertificateControls(props: CertificateControlsProps): ReactElement {
  const { certificate, certificatesHref, applicationsHref, sessionsHref, now, renewAction, deleteAction } = props;
  const renewal = useDialog();
  const deletion = useDialog();
  return (
    <>
      {certificate.can_renew ? (
        <Button icon={<RefreshCw className="size-4" aria-hidden="true" />} onClick={renewal.show}>
          Renew
        </Button>
      ) : null}
      <Button icon={<Trash2 className="size-4" aria-hidden="true" />} onClick={deletion.show}>
        Delete
      </Button>
      <CertificateRenewDialog
        key={`renew-${renewal.key}`}
        open={renewal.isOpen}
        onOpenChange={renewal.setOpen}
        certificate={certificate}
        certificatesHref={certificatesHref}
        now={now}
        renewAction={renewAction}
      />
      <CertificateDeleteDialog
        key={`delete-${deletion.key}`}
        open={deletion.isOpen}
        onOpenChange={deletion.setOpen}
        certificate={certificate}
        certificatesHref={certificatesHref}
        applicationsHref={applicationsHref}
        sessionsHref={sessionsHref}
        deleteAction={deleteAction}
      />
    </>
  );
}
