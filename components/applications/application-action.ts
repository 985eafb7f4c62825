// What can be done to applications, as the pages hand it to the components.
import type { ApplicationDeletionView, ApplicationView, CreatedApplicationView } from "#lib/applications/view.ts";
import type { ActionResult } from "#lib/http/action-result.ts";

/** Registers an application. */
export type CreateApplicationAction = (input: unknown) => Promise<ActionResult<CreatedApplicationView>>;

/** Changes an application. */
export type UpdateApplicationAction = (input: unknown) => Promise<ActionResult<ApplicationView>>;

/** Deletes an application. */
export type DeleteApplicationAction = (input: unknown) => Promise<ActionResult<ApplicationDeletionView>>;

/** Why something failed, with the fields at fault. */
export type ApplicationFailure = Extract<ActionResult<ApplicationView>, { ok: false }>;
