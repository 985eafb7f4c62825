// Asks whether to sign out, or says that it is done; a plain form that works without scripts.
import { CircleCheck, LogOut } from "lucide-react";
import type { ReactElement } from "react";
import { AccountRow } from "#components/oauth/account-row.tsx";
import { FlowHeading } from "#components/oauth/flow-heading.tsx";
import { FlowScreen } from "#components/oauth/flow-screen.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { LogoutView } from "#lib/oidc/logout-view.ts";

/** The question, or the end of it. */
export function LogoutScreen({ view }: { view: LogoutView }): ReactElement {
  const { organization, application, person, fields } = view;
  const applicationName = application?.name ?? null;
  if (person === null) {
    return (
      <FlowScreen organization={organization.name}>
        <FlowHeading
          application={applicationName}
          title="You are signed out"
          description="Nobody is signed in at this browser any more."
        />
        <div className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5 shadow-card">
          <p className="flex gap-2.5 text-sm">
            <CircleCheck className="mt-0.5 size-4 shrink-0 text-positive-text" aria-hidden="true" />
            You can close this window.
          </p>
          <ButtonLink href="/sign-in">Sign in again</ButtonLink>
        </div>
      </FlowScreen>
    );
  }
  return (
    <FlowScreen organization={organization.name}>
      <FlowHeading
        application={applicationName}
        title="Sign out?"
        description={`${applicationName === null ? "" : `${applicationName} asks you to. `}Your session at Signet in this browser ends; applications may keep their own for a while.`}
      />
      <div className="flex flex-col gap-5 rounded-lg border border-line bg-surface p-5 shadow-card">
        <AccountRow person={person} otherAccountHref={null} />
        <form method="post" action={`/orgs/${organization.id}/oauth/logout`} className="flex flex-wrap gap-2">
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton
            name="decision"
            value="sign_out"
            tone="primary"
            className="flex-1"
            icon={<LogOut className="size-4" aria-hidden="true" />}
          >
            Sign out
          </SubmitButton>
          <ButtonLink href="/" className="flex-1">
            Stay signed in
          </ButtonLink>
        </form>
      </div>
    </FlowScreen>
  );
}
