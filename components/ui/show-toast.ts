// Shows a toast from anywhere in the page.
"use client";

import { Toast as BaseToast } from "@base-ui/react/toast";

/** What a toast says: danger is read out at once, the others when there is a pause. */
export type ToastMessage = { title: string; description?: string; tone?: "neutral" | "positive" | "danger" };

/** What the region in the page listens to; in a browser there is one page. */
export const toastManager = BaseToast.createToastManager();

/** Shows it in the toast region. */
export function showToast({ title, description, tone = "neutral" }: ToastMessage): void {
  toastManager.add({ title, description, type: tone, priority: tone === "danger" ? "high" : "low" });
}
