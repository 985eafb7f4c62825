// The frame of a page that is a form: its fields in a card, and below them the way back and the button that sends it.
"use client";

import { type FormEvent, type ReactElement, type ReactNode, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Card } from "#components/ui/card.tsx";
import type { RunningAction } from "#components/ui/use-action.ts";
import { useFocusInvalid } from "#components/ui/use-focus-invalid.ts";

type FormCardProps = Pick<RunningAction<never>, "isPending" | "failure"> & {
  submitLabel: string;
  cancelHref: string;
  onSubmit: () => void;
  /** Stands beside the buttons, such as how far something is. */
  aside?: ReactNode;
  children: ReactNode;
};

/** The form; it is sent once at a time, and leads to the first field that was refused. */
export function FormCard(props: FormCardProps): ReactElement {
  const { submitLabel, cancelHref, isPending, failure, onSubmit, aside, children } = props;
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, failure);
  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isPending) onSubmit();
  }
  return (
    <form ref={form} onSubmit={handleSubmit} noValidate autoComplete="off" className="max-w-2xl">
      <Card
        footer={
          <div className="flex flex-wrap items-center justify-end gap-2">
            {aside}
            <ButtonLink href={cancelHref} tone="ghost">
              Cancel
            </ButtonLink>
            <Button type="submit" tone="primary" isPending={isPending}>
              {submitLabel}
            </Button>
          </div>
        }
      >
        <div className="flex flex-col gap-5">{children}</div>
      </Card>
    </form>
  );
}
