// The button of a form that the browser itself sends: busy from the press until the next page is there.
"use client";

import { type ComponentProps, type ReactElement, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, "type" | "isPending" | "ref">;

/** A submit button that takes one press; it works without scripts too. */
export function SubmitButton(props: SubmitButtonProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  const [isPending, setPending] = useState(false);
  useEffect(() => {
    const form = button.current?.form;
    const onSubmit = (event: SubmitEvent): void => setPending(event.submitter === button.current);
    // The browser may bring the page back as it was left.
    const onShow = (): void => setPending(false);
    form?.addEventListener("submit", onSubmit);
    window.addEventListener("pageshow", onShow);
    return () => {
      form?.removeEventListener("submit", onSubmit);
      window.removeEventListener("pageshow", onShow);
    };
  }, []);
  return <Button {...props} ref={button} type="submit" isPending={isPending} />;
}
