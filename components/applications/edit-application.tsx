// Changes an application and goes back to its page.
"use client";

import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import type { UpdateApplicationAction } from "#components/applications/application-action.ts";
import { ApplicationForm } from "#components/applications/application-form.tsx";
import { toApplicationValues } from "#components/applications/application-values.ts";
import type { SigningCertificateChoices } from "#components/applications/signing-certificate-select.tsx";
import { showToast } from "#components/ui/show-toast.ts";
import { useAction } from "#components/ui/use-action.ts";
import type { ApplicationView } from "#lib/applications/view.ts";

type EditApplicationProps = {
  application: ApplicationView;
  applicationHref: string;
  /** Null where the person may not view certificates. */
  certificates: SigningCertificateChoices | null;
  updateAction: UpdateApplicationAction;
};

/** The form filled with what the application is now. */
export function EditApplication(props: EditApplicationProps): ReactElement {
  const { application, applicationHref, certificates, updateAction } = props;
  const router = useRouter();
  const { run, ...running } = useAction(updateAction, (after) => {
    showToast({ tone: "positive", title: "Application saved", description: after.name });
    router.push(applicationHref);
  });
  return (
    <ApplicationForm
      initial={toApplicationValues(application)}
      isNew={false}
      submitLabel="Save"
      certificates={certificates}
      cancelHref={applicationHref}
      {...running}
      onSubmit={(input) => run({ ...input, id: application.id })}
    />
  );
}
