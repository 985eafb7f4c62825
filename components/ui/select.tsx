// A choice out of a list, with room for a second line under each entry.
"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { controlClasses } from "#components/ui/control-classes.ts";

/** One entry of a select. */
export type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  description?: ReactNode;
  /** A few words beside the label once it is chosen, where labels alone may look the same. */
  detail?: string;
  isDisabled?: boolean;
};

type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  /** Submits the value with a form under this name. */
  name?: string;
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  placeholder?: string;
  isDisabled?: boolean;
  /** Keeps the focus, and does not open. */
  isReadOnly?: boolean;
  /** Only where no Field labels it. */
  "aria-label"?: string;
};

/** A select; put it in a Field, which labels and describes it. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactElement {
  const { options, name, value, defaultValue, onValueChange, placeholder = "Choose…" } = props;
  const { isDisabled, isReadOnly } = props;
  return (
    <BaseSelect.Root
      items={options}
      name={name}
      value={value}
      defaultValue={defaultValue}
      disabled={isDisabled}
      readOnly={isReadOnly}
      onOpenChange={(isOpen, details) => {
        if (isOpen && isReadOnly === true) details.cancel();
      }}
      onValueChange={(chosen) => {
        if (chosen !== null) onValueChange?.(chosen);
      }}
    >
      <BaseSelect.Trigger
        aria-label={props["aria-label"]}
        className={classNames(
          controlClasses,
          "flex h-8.5 items-center justify-between gap-2 text-start data-popup-open:border-muted data-readonly:bg-sunken data-readonly:text-muted pointer-coarse:h-11",
        )}
      >
        <BaseSelect.Value className="truncate">
          {(chosen: Value | null) => {
            const option = options.find(({ value: one }) => one === chosen);
            if (option === undefined) return <span className="text-faint">{placeholder}</span>;
            if (option.detail === undefined) return option.label;
            return (
              <>
                {`${option.label} `}
                <span className="text-muted">{option.detail}</span>
              </>
            );
          }}
        </BaseSelect.Value>
        <BaseSelect.Icon>
          <ChevronsUpDown className="size-3.5 text-muted" aria-hidden="true" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner
          className="z-50 outline-none"
          sideOffset={4}
          alignItemWithTrigger={false}
          collisionPadding={8}
        >
          <BaseSelect.Popup className="max-h-(--available-height) w-(--anchor-width) min-w-48 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-float outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.isDisabled}
                  className="grid cursor-default grid-cols-[1rem_minmax(0,1fr)] items-start gap-2 rounded-sm px-2 py-1.5 text-sm outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:py-3"
                >
                  <BaseSelect.ItemIndicator className="col-start-1 pt-0.5">
                    <Check className="size-4 text-accent-text" aria-hidden="true" />
                  </BaseSelect.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <BaseSelect.ItemText className="block wrap-anywhere">{option.label}</BaseSelect.ItemText>
                    {option.description === undefined ? null : (
                      <span className="block text-xs text-muted">{option.description}</span>
                    )}
                  </span>
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
