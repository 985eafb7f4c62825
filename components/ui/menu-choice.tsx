// A part of a menu in which one of several values is chosen, and stays open while choosing.
"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { menuItemClasses } from "#components/ui/menu-item-classes.ts";

type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
};

/** A radio group inside a menu. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>): ReactElement {
  return (
    <BaseMenu.RadioGroup
      value={props.value}
      onValueChange={(value: Value) => props.onChange(value)}
      aria-label={props.label}
      className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1"
    >
      <div aria-hidden="true" className="px-2 pt-1.5 pb-1 text-2xs font-medium text-faint">
        {props.label}
      </div>
      {props.options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} className={menuItemClasses}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <BaseMenu.RadioItemIndicator>
            <Check className="size-4 text-accent-text" aria-hidden="true" />
          </BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}
