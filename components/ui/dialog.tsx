// A dialog with a title, a description, content that scrolls and a footer that stays; as a form when it submits something.
"use client";

import { AlertDialog as BaseAlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { Children, type ComponentProps, type FormEvent, type ReactElement, type ReactNode, useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { ActionFailure } from "#components/ui/use-action.ts";
import { useFocusInvalid } from "#components/ui/use-focus-invalid.ts";

type DialogProps = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Called when it has gone from sight; React takes it off the page, and the focus goes back, right after that. */
  onClosed?: () => void;
  title: ReactNode;
  description: ReactNode;
  children?: ReactNode;
  /** The buttons, the last one the main one. */
  footer: ReactNode;
  size?: "small" | "medium" | "large";
  /** An alert dialog asks before something that cannot be undone; a press outside does not close it. */
  isAlert?: boolean;
  /** True while something runs: the dialog cannot be closed. */
  isBusy?: boolean;
  /** Makes the dialog a form; a press outside then does not close it, so nothing typed is lost. */
  onSubmit?: () => void;
  /** Why it was refused; the first field that was is led to. */
  failure?: ActionFailure | null;
  initialFocus?: ComponentProps<typeof BaseDialog.Popup>["initialFocus"];
  finalFocus?: ComponentProps<typeof BaseDialog.Popup>["finalFocus"];
};

const widths = { small: "sm:max-w-md", medium: "sm:max-w-xl", large: "sm:max-w-2xl" } as const;

/** A controlled modal dialog; focus stays inside and goes back afterwards. */
export function Dialog(props: DialogProps): ReactElement {
  const {
    open,
    onOpenChange,
    onClosed,
    isAlert = false,
    isBusy = false,
    onSubmit,
    size = "medium",
    initialFocus,
    finalFocus,
  } = props;
  function handleOpenChange(isOpen: boolean): void {
    if (isOpen || !isBusy) onOpenChange(isOpen);
  }
  function handleOpenChangeComplete(isOpen: boolean): void {
    if (!isOpen) onClosed?.();
  }
  const panel = (
    <BaseDialog.Portal>
      <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-black/65" />
      <BaseDialog.Viewport className="fixed inset-0 z-50 flex items-end justify-center sm:items-center sm:p-6">
        <BaseDialog.Popup
          initialFocus={initialFocus}
          finalFocus={finalFocus}
          className={classNames(
            "relative flex max-h-[92dvh] w-full flex-col overflow-y-auto overscroll-contain rounded-t-lg border border-line bg-raised shadow-float sm:max-h-[min(88dvh,52rem)] sm:rounded-lg",
            "transition-[opacity,translate] duration-150 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0",
            widths[size],
          )}
        >
          <DialogContent {...props} />
        </BaseDialog.Popup>
      </BaseDialog.Viewport>
    </BaseDialog.Portal>
  );
  if (isAlert) {
    return (
      <BaseAlertDialog.Root open={open} onOpenChange={handleOpenChange} onOpenChangeComplete={handleOpenChangeComplete}>
        {panel}
      </BaseAlertDialog.Root>
    );
  }
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={handleOpenChange}
      onOpenChangeComplete={handleOpenChangeComplete}
      disablePointerDismissal={onSubmit !== undefined}
    >
      {panel}
    </BaseDialog.Root>
  );
}

function DialogContent(props: DialogProps): ReactElement {
  const { title, description, children, footer, isBusy, onSubmit, failure = null } = props;
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, failure);
  const hasBody = Children.toArray(children).length > 0;
  const content = (
    <>
      <header
        className={classNames(
          "sticky top-0 z-10 flex items-start justify-between gap-4 bg-raised py-4 pr-3 pl-5",
          hasBody && "border-b border-line",
        )}
      >
        <div className="min-w-0 space-y-1">
          <BaseDialog.Title className="text-base/6 font-semibold tracking-tight wrap-anywhere">
            {title}
          </BaseDialog.Title>
          <BaseDialog.Description className="text-sm wrap-anywhere text-muted">{description}</BaseDialog.Description>
        </div>
        <BaseDialog.Close
          disabled={isBusy === true}
          render={<IconButton label="Close" icon={<X className="size-4" aria-hidden="true" />} />}
        />
      </header>
      {hasBody ? <div className="flex flex-col gap-5 px-5 py-5">{children}</div> : null}
      <footer className="sticky bottom-0 z-10 mt-auto flex flex-wrap items-center justify-end gap-2 border-t border-line bg-raised px-5 py-3.5">
        {footer}
      </footer>
    </>
  );
  if (onSubmit === undefined) return content;
  function handleSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    // React sends a submit through a portal up its own tree; a form around the opener must not hear it.
    event.stopPropagation();
    if (isBusy !== true) onSubmit?.();
  }
  return (
    <form ref={form} onSubmit={handleSubmit} noValidate className="contents">
      {content}
    </form>
  );
}
