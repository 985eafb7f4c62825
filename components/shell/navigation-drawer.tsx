// The navigation on small screens: a drawer that opens from the top bar.
"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Menu as MenuIcon, X } from "lucide-react";
import { type ReactElement, type ReactNode, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useAwake } from "#components/ui/use-awake.ts";

type NavigationDrawerProps = {
  /** Rendered with the function that closes the drawer. */
  children: (close: () => void) => ReactNode;
};

/** A button and the drawer it opens at the left edge. */
export function NavigationDrawer({ children }: NavigationDrawerProps): ReactElement {
  const [handle] = useState(() => BaseDialog.createHandle());
  return (
    <>
      <BaseDialog.Trigger
        handle={handle}
        render={<IconButton label="Open navigation" icon={<MenuIcon className="size-5" aria-hidden="true" />} />}
      />
      {useAwake() ? <Drawer handle={handle}>{children(() => handle.close())}</Drawer> : null}
    </>
  );
}

type DrawerProps = { handle: ReturnType<typeof BaseDialog.createHandle>; children: ReactNode };

function Drawer({ handle, children }: DrawerProps): ReactElement {
  return (
    <BaseDialog.Root handle={handle}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 dark:bg-black/65" />
        <BaseDialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-4 overflow-y-auto border-r border-line bg-canvas p-3 shadow-float transition-[translate] duration-200 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <BaseDialog.Title className="sr-only">Navigation</BaseDialog.Title>
          <BaseDialog.Close
            render={
              <IconButton
                label="Close navigation"
                className="absolute top-3.5 right-3"
                icon={<X className="size-4" aria-hidden="true" />}
              />
            }
          />
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
