// Shows a toast from anywhere in the page.
"use client";

import { Toast as BaseToast } from "@base-ui/react/toast";

/** What a toast says: danger is read out at once, the others when there is a pause. */
export type ToastMessage = { title: string; description?: string; tone?: "neutral" | "positive" | "danger" };

/** Returns the function that shows a toast. */
export function useToast(): (message: ToastMessage) => void {
  const { add } = BaseToast.useToastManager();
  return ({ title, description, tone = "neutral" }) => {
    add({ title, description, type: tone, priority: tone === "danger" ? "high" : "low" });
  };
}
