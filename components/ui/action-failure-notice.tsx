// Says why an action failed, where no single field can say it.
import type { ReactElement } from "react";
import { Notice } from "#components/ui/notice.tsx";
import type { ActionFailure } from "#components/ui/use-action.ts";

type ActionFailureNoticeProps = {
  failure: ActionFailure | null;
  /** Fields that show their own errors. */
  fields?: readonly string[];
};

/** The failure in words; nothing when there is none, or when a field says it already. */
export function ActionFailureNotice({ failure, fields = [] }: ActionFailureNoticeProps): ReactElement | null {
  if (failure === null || failure.errors?.some((error) => fields.includes(error.field))) return null;
  return (
    <Notice tone="danger" isLive>
      {failure.message}
    </Notice>
  );
}
