// Takes files by dropping or choosing them; what is in them stays in the browser until somebody sends it.
"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";

type FileDropProps = {
  /** What is wanted, such as "Drop the files here". */
  label: string;
  hint: ReactNode;
  /** As of an input of type file, such as ".pem,.crt". */
  accept: string;
  onFiles: (files: File[]) => void;
};

/** A place to drop files on, with a button for who does not drag. */
export function FileDrop({ label, hint, accept, onFiles }: FileDropProps): ReactElement {
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  function handleDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  }
  return (
    <fieldset
      aria-describedby={`${id}-hint`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-dashed border-control px-3 py-3 transition-colors duration-100",
        isOver && "border-accent bg-accent-soft",
      )}
    >
      <legend className="sr-only">{label}</legend>
      <FileUp
        className={classNames("size-5 shrink-0", isOver ? "text-accent-text" : "text-faint")}
        aria-hidden="true"
      />
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm font-medium" aria-hidden="true">
          {label}
        </p>
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        accept={accept}
        tabIndex={-1}
        aria-hidden="true"
        className="hidden"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again after it was changed on disk.
          event.target.value = "";
        }}
      />
      <Button onClick={() => picker.current?.click()}>Choose files</Button>
    </fieldset>
  );
}
