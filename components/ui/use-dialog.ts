// Opens and closes a dialog, and gives it a fresh start each time.
"use client";

import { useCallback, useState } from "react";

/** What a page holds of a dialog: put `key` on the dialog, so that it forgets what was typed the last time. */
export type DialogHandle = { key: number; isOpen: boolean; show: () => void; setOpen: (isOpen: boolean) => void };

/** The state of one dialog. */
export function useDialog(): DialogHandle {
  const [state, setState] = useState({ key: 0, isOpen: false });
  const show = useCallback(() => setState(({ key }) => ({ key: key + 1, isOpen: true })), []);
  const setOpen = useCallback((isOpen: boolean) => setState(({ key }) => ({ key, isOpen })), []);
  return { ...state, show, setOpen };
}

/** The same of a dialog about whatever asked for it, such as a row of a list; `subject` is null until then. */
export type DialogAboutHandle<Subject> = Omit<DialogHandle, "show"> & {
  subject: Subject | null;
  show: (subject: Subject) => void;
};

/** The state of one dialog for many that ask. */
export function useDialogAbout<Subject extends object>(): DialogAboutHandle<Subject> {
  const { show: open, ...dialog } = useDialog();
  const [subject, setSubject] = useState<Subject | null>(null);
  const show = useCallback(
    (chosen: Subject): void => {
      setSubject(chosen);
      open();
    },
    [open],
  );
  return { ...dialog, subject, show };
}
