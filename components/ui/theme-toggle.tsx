// Lets a person choose between the system's, the light and the dark theme, on a page (the user menu has its own rows).
"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { type ReactElement, useId } from "react";
import type { Theme } from "#components/ui/theme.ts";
import { themes } from "#components/ui/theme.ts";
import { useTheme } from "#components/ui/use-theme.ts";

const faces = {
  system: { label: "System", Icon: Monitor },
  light: { label: "Light", Icon: Sun },
  dark: { label: "Dark", Icon: Moon },
} as const;

/** Three radio buttons in one strip; sets the cookie and the attribute at once. */
export function ThemeToggle({ initialTheme = "system" }: { initialTheme?: Theme }): ReactElement {
  const [theme, setTheme] = useTheme(initialTheme);
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((choice) => {
        const { label, Icon } = faces[choice];
        return (
          <label
            key={choice}
            className="inline-flex h-7 items-center gap-1.5 rounded-sm px-2.5 text-xs font-medium text-muted has-checked:bg-raised has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent-text pointer-coarse:h-9"
          >
            <input
              type="radio"
              name={name}
              value={choice}
              checked={theme === choice}
              onChange={() => setTheme(choice)}
              className="sr-only"
            />
            <Icon className="size-3.5" />
            {label}
          </label>
        );
      })}
    </fieldset>
  );
}
