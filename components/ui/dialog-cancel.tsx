// The button that leaves a dialog as if it had never been opened.
"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import type { ReactElement } from "react";
import { Button } from "#components/ui/button.tsx";

/** Like the cross, it does nothing while the dialog is busy: what has begun cannot be called back. */
export function DialogCancel(): ReactElement {
  return <BaseDialog.Close render={<Button>Cancel</Button>} />;
}
