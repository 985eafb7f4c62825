// Shows inside a dialog why an action on a key failed.
import type { ReactElement } from "react";
import type { KeyActionFailure } from "#components/keys/key-action.ts";
import { Notice } from "#components/ui/notice.tsx";

/** The failure with its field errors; nothing when there is none. */
export function KeyActionNotice({ failure }: { failure: KeyActionFailure | null }): ReactElement | null {
  if (failure === null) return null;
  return (
    <Notice tone="danger" isLive title={failure.message}>
      {failure.errors === undefined || failure.errors.length === 0 ? undefined : (
        <ul className="list-disc pl-4">
          {failure.errors.map((error) => (
            <li key={`${error.field}:${error.code}`}>{error.message}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
