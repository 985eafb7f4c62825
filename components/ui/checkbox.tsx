// A box to tick, with its label and a hint beside it.
"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import { type ReactElement, type ReactNode, useId } from "react";

type CheckboxProps = {
  label: ReactNode;
  hint?: ReactNode;
  name?: string;
  value?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (isChecked: boolean) => void;
  isDisabled?: boolean;
};

/** A labelled checkbox; stands on its own, without a Field. */
export function Checkbox({ label, hint, isDisabled, onCheckedChange, ...rest }: CheckboxProps): ReactElement {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <BaseCheckbox.Root
        {...rest}
        disabled={isDisabled}
        onCheckedChange={(isChecked) => onCheckedChange?.(isChecked)}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        id={id}
        className="relative mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-surface before:absolute before:-inset-2 data-checked:border-accent data-checked:bg-accent data-disabled:border-line data-disabled:bg-sunken dark:bg-sunken"
      >
        <BaseCheckbox.Indicator className="flex text-on-accent data-unchecked:hidden">
          <Check className="size-3" strokeWidth={3.5} aria-hidden="true" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <div className="min-w-0">
        <label id={`${id}-label`} htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
