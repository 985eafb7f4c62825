// Finds applications by a part of their name; a plain form, so that the result has an address.
import { Search } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextInput } from "#components/ui/text-input.tsx";

type ApplicationSearchProps = { applicationsHref: string; search: string };

/** The search field with its button. */
export function ApplicationSearch({ applicationsHref, search }: ApplicationSearchProps): ReactElement {
  return (
    <search className="mb-4">
      <form action={applicationsHref} method="get" className="flex flex-wrap items-end gap-2">
        <Field label="Name" className="min-w-0 flex-1 sm:max-w-72">
          <TextInput
            name="search"
            type="search"
            key={search}
            defaultValue={search}
            maxLength={100}
            autoComplete="off"
          />
        </Field>
        <Button type="submit" icon={<Search className="size-4" aria-hidden="true" />}>
          Search
        </Button>
        {search === "" ? null : (
          <ButtonLink href={applicationsHref} tone="ghost">
            Show all
          </ButtonLink>
        )}
      </form>
    </search>
  );
}
