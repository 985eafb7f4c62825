// Shows a certificate's fingerprint as other tools print it, so that two of them can be compared by eye, with a copy button.
import type { ReactElement } from "react";
import { HexPairs } from "#components/certificates/hex-pairs.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";

type FingerprintProps = {
  /** Upper-case hexadecimal with colons. */
  value: string;
  /** Whose it is, for the copy button, such as "Payroll 2026 (SHA-256)". */
  label: string;
  /** Only the first four bytes; the whole is then its title. */
  isShort?: boolean;
};

const comparedCharacters = "00:00:00:00".length;

/** A fingerprint in the mono face. */
export function Fingerprint({ value, label, isShort = false }: FingerprintProps): ReactElement {
  return (
    <span className="flex items-center gap-1">
      <code
        className={classNames("kid text-xs/5 text-muted", isShort ? "whitespace-nowrap" : "min-w-0 wrap-anywhere")}
        title={isShort ? value : undefined}
      >
        <span className="font-semibold text-ink">{value.slice(0, comparedCharacters)}</span>
        {isShort ? "…" : <HexPairs value={value.slice(comparedCharacters)} />}
      </code>
      <CopyButton value={value} label={`Copy the fingerprint of ${label}`} className="-my-1.5" />
    </span>
  );
}
