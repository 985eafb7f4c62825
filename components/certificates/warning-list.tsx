// What is odd about a certificate that is nevertheless stored, each in a sentence.
import type { ReactElement } from "react";
import { Notice } from "#components/ui/notice.tsx";
import type { CertificatePreviewView } from "#lib/certificates/view.ts";

type WarningListProps = { warnings: CertificatePreviewView["warnings"] };

/** One notice with every warning; nothing when there is none. */
export function WarningList({ warnings }: WarningListProps): ReactElement | null {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warning" title="Unusual, but accepted">
      <ul className="list-disc space-y-0.5 pl-4">
        {warnings.map((warning) => (
          <li key={warning.code}>{warning.message}</li>
        ))}
      </ul>
    </Notice>
  );
}
