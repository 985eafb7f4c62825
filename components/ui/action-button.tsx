// The 3-dot button of a card or a row.
import { EllipsisVertical } from "lucide-react";
import type { ComponentProps, ReactElement } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";

/** The dots, not the button around them, end where the content ends. */
export function ActionButton(props: Omit<ComponentProps<typeof IconButton>, "icon" | "className">): ReactElement {
  return (
    <IconButton
      {...props}
      icon={<EllipsisVertical className="size-4" aria-hidden="true" />}
      className="-mr-2 pointer-coarse:-mr-3.5"
    />
  );
}
