// The place where toasts appear and are read out; F6 leads to it.
"use client";

import { Toast as BaseToast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactElement } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { toastManager } from "#components/ui/show-toast.ts";
import { useAwake } from "#components/ui/use-awake.ts";

const faces = {
  positive: { Icon: CircleCheck, ink: "text-positive-text" },
  danger: { Icon: CircleAlert, ink: "text-danger-text" },
  neutral: { Icon: Info, ink: "text-muted" },
} as const;

// A group has no such attribute.
const notModal = { "aria-modal": undefined };

/** Stands once beside the application; `showToast` shows toasts in it. It has nothing to say before the page can do anything. */
export function ToastRegion(): ReactElement | null {
  if (!useAwake()) return null;
  return (
    <BaseToast.Provider toastManager={toastManager} timeout={6000} limit={4}>
      <BaseToast.Portal>
        <BaseToast.Viewport className="fixed right-3 bottom-3 z-60 flex w-[calc(100vw-1.5rem)] flex-col gap-2 sm:right-5 sm:bottom-5 sm:w-96">
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  );
}

function ToastList(): ReactElement {
  const { toasts } = BaseToast.useToastManager();
  return (
    <>
      {toasts.map((toast) => {
        const { Icon, ink } = faces[toast.type === "positive" || toast.type === "danger" ? toast.type : "neutral"];
        return (
          <BaseToast.Root
            key={toast.id}
            toast={toast}
            // Not a dialog, as the library would have it: it asks for nothing, and the region around it reads it out.
            role="group"
            {...notModal}
            className="rounded-md border border-line bg-raised shadow-float transition-[opacity,translate] duration-200 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
          >
            <BaseToast.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3.5">
              <Icon className={`mt-1.5 size-4 shrink-0 ${ink}`} aria-hidden="true" />
              <div className="min-w-0 flex-1 py-1">
                <BaseToast.Title className="text-sm font-medium wrap-anywhere" />
                <BaseToast.Description className="mt-0.5 text-sm wrap-anywhere text-muted" />
              </div>
              <BaseToast.Close
                // The library hides the button of a toast that is not hovered, and yet lets the focus reach it.
                aria-hidden={undefined}
                render={<IconButton label="Dismiss" icon={<X className="size-4" aria-hidden="true" />} />}
              />
            </BaseToast.Content>
          </BaseToast.Root>
        );
      })}
    </>
  );
}
