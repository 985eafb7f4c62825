// What can be done to certificates, as the pages hand it to the components.

import type { Action } from "#components/ui/use-action.ts";
import type { CertificateDeletionView } from "#lib/certificates/deletion-view.ts";
import type { KeyAlgorithm } from "#lib/certificates/schema.ts";
import type { CertificatePreviewView, CertificateRenewalView, CertificateView } from "#lib/certificates/view.ts";

/** What the form of a new certificate sends. */
export type GenerateCertificateRequest = {
  name: string;
  common_name?: string;
  subject_alt_names?: string;
  /** Days; text that is no number goes as it was typed, and the server says so. */
  validity_days: number | string;
  key_algorithm: KeyAlgorithm;
};

/** Makes a key pair and a certificate over it. */
export type GenerateCertificateAction = Action<GenerateCertificateRequest, CertificateView>;

/** A pair that somebody else issued; `certificate_pem` holds the leaf and its chain. */
export type UploadCertificateRequest = {
  name: string;
  private_key_pem: string;
  certificate_pem: string;
  passphrase?: string;
};

/** Reads an upload without storing anything. */
export type PreviewUploadAction = Action<UploadCertificateRequest, CertificatePreviewView>;

/** Stores an upload. */
export type UploadCertificateAction = Action<UploadCertificateRequest, CertificateView>;

/** What the renew dialog sends. */
export type RenewCertificateRequest = { id: string; validity_days: number | string };

/** Makes a new certificate over the same key pair and moves the applications to it. */
export type RenewCertificateAction = Action<RenewCertificateRequest, CertificateRenewalView>;

/** What the delete dialog sends; with `dry_run` it only asks what would happen. */
export type DeleteCertificateRequest = { id: string; force: boolean; reassign?: "default"; dry_run?: boolean };

/** Deletes a certificate. */
export type DeleteCertificateAction = Action<DeleteCertificateRequest, CertificateDeletionView>;
