// What stands in the list of certificates when there is none to show, and why.
import { FileBadge } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ListCertificatesInput } from "#lib/certificates/schema.ts";

type CertificateListEmptyProps = {
  state: ListCertificatesInput["state"];
  search: string;
};

/** Nothing found, nothing deleted, or nothing yet. */
export function CertificateListEmpty({ state, search }: CertificateListEmptyProps): ReactElement {
  const icon = <FileBadge aria-hidden="true" />;
  if (search !== "") {
    return (
      <EmptyState icon={icon} title="No certificate found">
        {`No ${state === "deleted" ? "deleted certificate" : "certificate in service"} contains “${search}”.`}
      </EmptyState>
    );
  }
  if (state === "deleted") {
    return (
      <EmptyState icon={icon} title="No certificate was deleted">
        A deleted certificate stays here as history, without its private key.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icon} title="No certificate yet">
      Every application signs with the organization's signing key. Give one its own, for a service provider that pins
      what it trusts.
    </EmptyState>
  );
}
