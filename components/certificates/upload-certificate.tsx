// Uploads a certificate with its private key in two steps: what was given, then what the server read from it.
"use client";

import { useRouter } from "next/navigation";
import { type ReactElement, useState } from "react";
import type {
  PreviewUploadAction,
  UploadCertificateAction,
  UploadCertificateRequest,
} from "#components/certificates/certificate-action.ts";
import { UploadForm, uploadFieldNames } from "#components/certificates/upload-form.tsx";
import { UploadPreview } from "#components/certificates/upload-preview.tsx";
import { emptyUploadValues, toUploadRequest } from "#components/certificates/upload-values.ts";
import { showToast } from "#components/ui/show-toast.ts";
import { type Action, useAction } from "#components/ui/use-action.ts";
import type { CertificatePreviewView, CertificateView } from "#lib/certificates/view.ts";

type UploadCertificateProps = {
  certificatesHref: string;
  previewAction: PreviewUploadAction;
  uploadAction: UploadCertificateAction;
};

type Attempt = { isStoring: boolean; request: UploadCertificateRequest };
type Answer = { stored: CertificateView } | { preview: CertificatePreviewView };

/** Both steps; going back loses nothing, and after storing nothing of the key is left in the page. */
export function UploadCertificate(props: UploadCertificateProps): ReactElement {
  const { certificatesHref } = props;
  const router = useRouter();
  const [values, setValues] = useState(emptyUploadValues);
  const [preview, setPreview] = useState<CertificatePreviewView | null>(null);
  const [isDone, setDone] = useState(false);
  const { run, isPending, failure, errorOf } = useAction(readOrStore(props), (answer) => {
    if ("preview" in answer) {
      setPreview(answer.preview);
      return false;
    }
    setDone(true);
    setValues((before) => ({ ...emptyUploadValues, name: before.name }));
    showToast({ tone: "positive", title: "Certificate stored", description: answer.stored.name });
    router.push(`${certificatesHref}/${answer.stored.id}`);
    return true;
  });
  // What the server finds only when it stores stands at its field too.
  const isFieldRefused = failure?.errors?.some(({ field }) => uploadFieldNames.some((name) => name === field)) === true;
  if (preview !== null && !isFieldRefused) {
    return (
      <UploadPreview
        name={values.name}
        preview={preview}
        failure={failure}
        isPending={isPending || isDone}
        onBack={() => setPreview(null)}
        onStore={() => run({ isStoring: true, request: toUploadRequest(values) })}
      />
    );
  }
  return (
    <UploadForm
      values={values}
      onChange={setValues}
      cancelHref={certificatesHref}
      failure={failure}
      isPending={isPending}
      errorOf={errorOf}
      onSubmit={() => {
        setPreview(null);
        run({ isStoring: false, request: toUploadRequest(values) });
      }}
    />
  );
}

function readOrStore({ previewAction, uploadAction }: UploadCertificateProps): Action<Attempt, Answer> {
  return async ({ isStoring, request }) => {
    if (isStoring) {
      const result = await uploadAction(request);
      return result.ok ? { ok: true, data: { stored: result.data } } : result;
    }
    const result = await previewAction(request);
    return result.ok ? { ok: true, data: { preview: result.data } } : result;
  };
}
