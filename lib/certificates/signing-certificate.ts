// A certificate as far as an application that signs with it has to know it, and as a dropdown offers it.
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import { type ExpiryState, expiryStateOf } from "./certificate.ts";
import type { Renewal } from "./succession.ts";
import { type ReplacementView, toReplacementView } from "./view.ts";

/** A live certificate that can be assigned. */
export type SigningCertificate = {
  id: string;
  name: string;
  keyPairId: string;
  kid: string;
  algorithm: SigningAlgorithm;
  notBefore: Date;
  notAfter: Date;
};

/** One entry of the Signing Certificate dropdown. */
export type SelectableCertificateView = {
  /** Null: the organization's signing key, the default. */
  id: string | null;
  name: string;
  kid: string;
  algorithm: string;
  /** Null for the default, which does not expire. */
  expires_at: string | null;
  expiry_state: ExpiryState | null;
  /** False for one that has expired. */
  selectable: boolean;
  /** The newest live certificate that renewed it; null when there is none. */
  replaced_by: ReplacementView | null;
};

/** The entries of the dropdown, the default first; `has_more`: narrow the search to see the others. */
export type SelectableCertificatesView = { data: SelectableCertificateView[]; has_more: boolean };

/** The default entry. */
export function toDefaultEntry(currentKey: { kid: string; algorithm: string }): SelectableCertificateView {
  const { kid, algorithm } = currentKey;
  const name = "Organization signing key (default)";
  const always = { expires_at: null, expiry_state: null, selectable: true, replaced_by: null };
  return { id: null, name, kid, algorithm, ...always };
}

/** The entry of a certificate; `successor` is what replaced it. */
export function toSelectableEntry(
  certificate: SigningCertificate,
  successor: Renewal | null,
  now: Date,
): SelectableCertificateView {
  const { id, name, kid, algorithm, notAfter } = certificate;
  const expiryState = expiryStateOf(notAfter, now);
  return {
    id,
    name,
    kid,
    algorithm,
    expires_at: notAfter.toISOString(),
    expiry_state: expiryState,
    selectable: expiryState !== "expired",
    replaced_by: successor && toReplacementView(successor),
  };
}
