// Finds and sorts certificates; a plain form, so that the result has an address.
import { Search } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextInput } from "#components/ui/text-input.tsx";
import type { ListCertificatesInput } from "#lib/certificates/schema.ts";

type CertificateSearchProps = {
  certificatesHref: string;
  search: string;
  sort: ListCertificatesInput["sort"];
  state: ListCertificatesInput["state"];
};

const sorts: { value: ListCertificatesInput["sort"]; label: string }[] = [
  { value: "name", label: "Name, A to Z" },
  { value: "-name", label: "Name, Z to A" },
  { value: "expires_at", label: "Expiry, nearest first" },
  { value: "-expires_at", label: "Expiry, furthest first" },
  { value: "-created_at", label: "Newest first" },
  { value: "created_at", label: "Oldest first" },
];

/** The search field, the order, and the button. */
export function CertificateSearch({ certificatesHref, search, sort, state }: CertificateSearchProps): ReactElement {
  const isDeleted = state === "deleted";
  return (
    <search className="mb-4">
      <form action={certificatesHref} method="get" className="flex flex-wrap items-end gap-2">
        {isDeleted ? <input type="hidden" name="state" value={state} /> : null}
        <Field label="Name, subject or fingerprint" className="min-w-0 flex-1 basis-52 sm:max-w-80">
          <TextInput
            name="search"
            type="search"
            key={search}
            defaultValue={search}
            maxLength={200}
            autoComplete="off"
          />
        </Field>
        <Field label="Sort by" className="w-full sm:w-56">
          <Select name="sort" key={sort} defaultValue={sort} options={sorts} />
        </Field>
        <Button type="submit" icon={<Search className="size-4" aria-hidden="true" />}>
          Search
        </Button>
        {search === "" ? null : (
          <ButtonLink href={isDeleted ? `${certificatesHref}?state=deleted` : certificatesHref} tone="ghost">
            Show all
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
