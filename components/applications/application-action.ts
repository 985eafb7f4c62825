// What can be done to applications, as the pages hand it to the components.
import type { Action } from "#components/ui/use-action.ts";
import type { ApplicationDeletionView, ApplicationView, CreatedApplicationView } from "#lib/applications/view.ts";

/** Registers an application. */
export type CreateApplicationAction = Action<unknown, CreatedApplicationView>;

/** Changes an application. */
export type UpdateApplicationAction = Action<unknown, ApplicationView>;

/** Deletes an application. */
export type DeleteApplicationAction = Action<unknown, ApplicationDeletionView>;
