// Saves a certificate as a file: PEM, DER, or with its chain.
"use client";

import { Download } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#components/ui/button.tsx";
import type { CertificateView } from "#lib/certificates/view.ts";

type CertificateDownloadsProps = { certificate: Pick<CertificateView, "name" | "cert_pem" | "chain_pem"> };

/** One button for each format; the chain only where there is one. */
export function CertificateDownloads({ certificate }: CertificateDownloadsProps): ReactElement {
  const { cert_pem: leaf, chain_pem: chain } = certificate;
  const name = toFileName(certificate.name);
  return (
    <div className="flex flex-wrap gap-2">
      <SaveButton label="PEM" fileName={`${name}.pem`} type="application/x-pem-file" content={() => [leaf]} />
      <SaveButton label="DER" fileName={`${name}.cer`} type="application/pkix-cert" content={() => [toDer(leaf)]} />
      {chain === "" ? null : (
        <SaveButton
          label="Chain"
          fileName={`${name}-chain.pem`}
          type="application/x-pem-file"
          content={() => [leaf.endsWith("\n") ? leaf : `${leaf}\n`, chain]}
        />
      )}
    </div>
  );
}

type SaveButtonProps = { label: string; fileName: string; type: string; content: () => BlobPart[] };

function SaveButton({ label, fileName, type, content }: SaveButtonProps): ReactElement {
  return (
    <Button
      icon={<Download className="size-4" aria-hidden="true" />}
      onClick={() => save(new Blob(content(), { type }), fileName)}
    >
      <span className="sr-only">Download </span>
      {label}
    </Button>
  );
}

function save(content: Blob, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  // The browser reads the address when it begins to save, which may be after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function toDer(pem: string): Uint8Array<ArrayBuffer> {
  const base64 = pem
    .split("\n")
    .filter((line) => !line.startsWith("-----"))
    .join("")
    .replaceAll(/\s/g, "");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Letters and digits of any script, the rest as dashes; never empty, never a path. */
function toFileName(name: string): string {
  const safe = name
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/^[.-]+|[.-]+$/g, "");
  return safe.slice(0, 80) || "certificate";
}
