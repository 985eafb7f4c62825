// One choice out of two, each with what it means.
"use client";

import { type ReactElement, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Radio } from "#components/ui/radio.tsx";

type RadioCardsProps<Value extends string> = {
  legend: string;
  options: readonly { value: Value; label: string; note: string }[];
  value: Value;
  onChange: (value: Value) => void;
};

/** Radio buttons side by side where there is room. */
export function RadioCards<Value extends string>(props: RadioCardsProps<Value>): ReactElement {
  const { legend, options, value, onChange } = props;
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              "flex items-start gap-3 rounded-md border border-line bg-surface px-3 py-2.5 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent-text dark:bg-transparent",
              option.value === value && "border-accent-line bg-accent-soft hover:bg-accent-soft dark:bg-accent-soft",
            )}
          >
            <Radio
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="mt-0.5 focus-visible:outline-none"
            />
            <span className="min-w-0">
              <span className="text-sm font-medium">{option.label}</span>
              <span className="block text-xs text-muted">{option.note}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
