// Asks the person on the way to an application; a plain form that works without scripts.
import type { ReactElement, ReactNode } from "react";
import { AccountRow } from "#components/oauth/account-row.tsx";
import { FlowHeading } from "#components/oauth/flow-heading.tsx";
import { FlowScreen } from "#components/oauth/flow-screen.tsx";
import { ScopeList } from "#components/oauth/scope-list.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { AuthorizationView } from "#lib/oidc/authorization-view.ts";

type ConsentScreenProps = {
  view: AuthorizationView;
  step: "consent" | "account" | "membership";
  otherAccountHref: string;
};

/** Consent, the choice of the account, or that this account cannot be used. */
export function ConsentScreen({ view, step, otherAccountHref }: ConsentScreenProps): ReactElement {
  const { organization, application, person, returns_to: returnsTo } = view;
  if (person === null) throw new Error("nobody is asked");
  const { title, description } = headingOf(view, step);
  return (
    <FlowScreen organization={organization.name}>
      <FlowHeading application={application.name} title={title} description={description} />
      <div className="rounded-lg border border-line bg-surface shadow-card">
        <div className="p-5">
          <AccountRow person={person} otherAccountHref={step === "membership" ? null : otherAccountHref} />
        </div>
        {step === "membership" ? null : (
          <section className="border-t border-line p-5" aria-labelledby="gets">
            <h2 id="gets" className="mb-3 text-xs font-medium text-muted">
              {application.name} gets
            </h2>
            <ScopeList scopes={view.scopes} person={person} refreshTokenExpirySecs={view.refresh_token_expiry_secs} />
          </section>
        )}
        <DecisionForm view={view}>
          {step === "membership" ? (
            <>
              <ButtonLink href={otherAccountHref} tone="primary" className="flex-1">
                Use another account
              </ButtonLink>
              <SubmitButton name="decision" value="deny" className="flex-1">
                Back
              </SubmitButton>
            </>
          ) : (
            <>
              <SubmitButton name="decision" value="allow" tone="primary" className="flex-1">
                {step === "consent" ? "Allow" : "Continue"}
              </SubmitButton>
              <SubmitButton name="decision" value="deny" className="flex-1">
                Cancel
              </SubmitButton>
            </>
          )}
        </DecisionForm>
        <p className="rounded-b-lg border-t border-line bg-sunken/60 px-5 py-2.5 text-xs wrap-anywhere text-muted">
          You go back to <span className="font-medium text-ink">{returnsTo}</span>
        </p>
      </div>
    </FlowScreen>
  );
}

function headingOf({ application, organization, person }: AuthorizationView, step: ConsentScreenProps["step"]) {
  if (step === "membership") {
    return {
      title: `This account cannot use ${application.name}`,
      description: `${person?.email} is not a member of ${organization.name}. Ask one of its owners, or use another account.`,
    };
  }
  if (step === "account") {
    return { title: `Continue to ${application.name}`, description: "Choose the account that you want to use there." };
  }
  return {
    title: `${application.name} wants to use your account`,
    description: `Your account at ${organization.name}. Allow it only if you know this application.`,
  };
}

function DecisionForm({ view, children }: { view: AuthorizationView; children: ReactNode }): ReactElement {
  return (
    <form method="post" action={`/orgs/${view.organization.id}/oauth/resume`} className="flex gap-2 px-5 pb-5">
      <input type="hidden" name="request" value={view.request} />
      <input type="hidden" name="token" value={view.decision_token} />
      {children}
    </form>
  );
}
