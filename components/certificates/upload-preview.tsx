// The second step of an upload: what the server read, before anything is stored.
"use client";

import { ShieldCheck } from "lucide-react";
import { type ReactElement, useEffect, useRef } from "react";
import { CertificateFacts } from "#components/certificates/certificate-facts.tsx";
import { ChainList } from "#components/certificates/chain-list.tsx";
import { WarningList } from "#components/certificates/warning-list.tsx";
import { ActionFailureNotice } from "#components/ui/action-failure-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import type { ActionFailure } from "#components/ui/use-action.ts";
import type { CertificatePreviewView } from "#lib/certificates/view.ts";

type UploadPreviewProps = {
  name: string;
  preview: CertificatePreviewView;
  failure: ActionFailure | null;
  isPending: boolean;
  onBack: () => void;
  onStore: () => void;
};

/** Everything that would be stored, but the key; the focus moves here, since the form is gone. */
export function UploadPreview(props: UploadPreviewProps): ReactElement {
  const { name, preview, failure, isPending, onBack, onStore } = props;
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    // Focusing alone would scroll to the nearest edge, which is the bottom: the button that was pressed stood there.
    region.current?.focus({ preventScroll: true });
    region.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <section
      ref={region}
      tabIndex={-1}
      aria-label={`Preview of ${name}`}
      className="max-w-3xl scroll-mt-20 outline-none"
    >
      <Card
        title={<bdi>{name}</bdi>}
        description="This is what was read. Nothing is stored yet."
        footer={
          <div className="flex flex-wrap items-center justify-end gap-2">
            <Button tone="ghost" onClick={onBack} disabled={isPending}>
              Back
            </Button>
            <Button tone="primary" isPending={isPending} onClick={onStore}>
              Store certificate
            </Button>
          </div>
        }
      >
        <div className="flex flex-col gap-5">
          <ActionFailureNotice failure={failure} />
          <p className="flex items-start gap-2 text-sm text-muted">
            <ShieldCheck className="mt-0.5 size-4 shrink-0 text-positive-text" aria-hidden="true" />
            The private key fits: a trial signature was made with it and verified with the certificate.
          </p>
          <WarningList warnings={preview.warnings} />
          <CertificateFacts certificate={preview} name={name} />
          {preview.chain.length === 0 ? null : (
            <section aria-label="Chain" className="border-t border-line pt-4">
              <h3 className="mb-3 text-sm font-semibold">{`Chain of ${formatCount(preview.chain.length, "certificate")}`}</h3>
              <ChainList chain={preview.chain} />
            </section>
          )}
        </div>
      </Card>
    </section>
  );
}
