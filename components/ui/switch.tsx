// A setting that is on or off at once, with its label and a hint.
"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { type ReactElement, type ReactNode, useId } from "react";

type SwitchProps = {
  label: ReactNode;
  hint?: ReactNode;
  name?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (isChecked: boolean) => void;
  isDisabled?: boolean;
};

/** A labelled switch; stands on its own, without a Field. */
export function Switch({ label, hint, isDisabled, onCheckedChange, ...rest }: SwitchProps): ReactElement {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
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
      <BaseSwitch.Root
        {...rest}
        id={id}
        disabled={isDisabled}
        onCheckedChange={(isChecked) => onCheckedChange?.(isChecked)}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="relative flex h-5.5 w-9.5 shrink-0 items-center rounded-full border border-control bg-sunken p-0.5 transition-colors duration-100 before:absolute before:-inset-2 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
      >
        <BaseSwitch.Thumb className="size-4 rounded-full bg-muted transition-transform duration-100 data-checked:translate-x-4 data-checked:bg-on-accent" />
      </BaseSwitch.Root>
    </div>
  );
}
