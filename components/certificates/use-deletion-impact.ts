// Asks what deleting a certificate would do, as soon as its dialog opens, and again when the answer has gone stale.
"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { DeleteCertificateAction } from "#components/certificates/certificate-action.ts";
import type { CertificateDeletionView } from "#lib/certificates/deletion-view.ts";

/** The impact (null until it is known), and the function that asks again. */
export type DeletionImpact = {
  impact: CertificateDeletionView | null;
  /** Why it is not known, in words. */
  problem: string | null;
  ask: () => void;
};

/** The impact of deleting one certificate and moving its applications to the default. */
export function useDeletionImpact(id: string, isOpen: boolean, deleteAction: DeleteCertificateAction): DeletionImpact {
  const [impact, setImpact] = useState<CertificateDeletionView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function ask(): Promise<void> {
    try {
      const result = await deleteAction({ id, force: false, reassign: "default", dry_run: true });
      if (result.ok) setImpact(result.data);
      setProblem(result.ok ? null : result.message);
    } catch {
      setProblem("The server did not answer. Close the dialog and try again.");
    }
  }

  const askOnOpening = useEffectEvent(ask);
  useEffect(() => {
    if (isOpen) void askOnOpening();
  }, [isOpen]);
  return { impact, problem, ask: () => void ask() };
}
