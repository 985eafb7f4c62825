// Settings: the organization and its members for who manages them; access tokens and the own account for everybody.
import type { ReactElement } from "react";
import { PasswordCard } from "#components/auth/password-card.tsx";
import { PortalSessionsCard } from "#components/auth/portal-sessions-card.tsx";
import { MembersCard } from "#components/organizations/members-card.tsx";
import { OrganizationCard } from "#components/organizations/organization-card.tsx";
import { OrganizationCreateButton } from "#components/organizations/organization-create-dialog.tsx";
import { TokensCard } from "#components/tokens/tokens-card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Actor } from "#lib/auth/actor.ts";
import { requireSignedIn } from "#lib/auth/portal.ts";
import { listOwnSessions } from "#lib/auth/service.ts";
import { env } from "#lib/env.ts";
import { portalPage } from "#lib/http/portal-page.ts";
import { issuerOf } from "#lib/oidc/issuer.ts";
import { getOrganization, listMembers } from "#lib/organizations/service.ts";
import { pagingSchema } from "#lib/paging.ts";
import { listTokens } from "#lib/tokens/service.ts";
import {
  addMemberAction,
  changePasswordAction,
  changeRoleAction,
  createOrganizationAction,
  createTokenAction,
  removeMemberAction,
  renameOrganizationAction,
  revokeSessionAction,
  revokeTokenAction,
} from "./actions.ts";

type SettingsPageProps = {
  params: Promise<{ orgId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SettingsPage({ params, searchParams }: SettingsPageProps): Promise<ReactElement> {
  const cursor = pagingSchema.shape.cursor.catch(undefined).parse((await searchParams).tokens);
  const { actor, organization, members, tokens, sessions, now } = await portalPage(
    params,
    ({ actor: reader, now: at }) => readSettings(reader, cursor, at),
  );
  const id = organization.id;
  const isManager = members !== null;
  return (
    <>
      <PageHeader
        title="Settings"
        description={isManager ? "The organization, its members, and your account." : "Access tokens and your account."}
        actions={
          isManager ? <OrganizationCreateButton createAction={createOrganizationAction.bind(null, id)} /> : undefined
        }
      />
      <div className="flex flex-col gap-4">
        <OrganizationCard
          organization={organization}
          issuer={issuerOf(env().publicUrl, id)}
          renameAction={isManager ? renameOrganizationAction.bind(null, id) : null}
        />
        {isManager ? (
          <MembersCard
            members={members}
            ownUserId={actor.id}
            addAction={addMemberAction.bind(null, id)}
            changeRoleAction={changeRoleAction.bind(null, id)}
            removeAction={removeMemberAction.bind(null, id)}
          />
        ) : null}
        <TokensCard
          tokens={tokens.data}
          now={now}
          showsOwners={isManager}
          nextHref={tokens.next_cursor === null ? null : `?tokens=${encodeURIComponent(tokens.next_cursor)}`}
          permissions={[...actor.permissions]}
          createAction={createTokenAction.bind(null, id)}
          revokeAction={revokeTokenAction.bind(null, id)}
        />
        <PasswordCard email={actor.name} changeAction={changePasswordAction.bind(null, id)} />
        <PortalSessionsCard sessions={sessions} now={now} revokeAction={revokeSessionAction.bind(null, id)} />
      </div>
    </>
  );
}

async function readSettings(actor: Actor, cursor: string | undefined, now: Date) {
  const { sessionId } = await requireSignedIn();
  return {
    actor,
    organization: await getOrganization(actor),
    members: actor.permissions.has("members.manage") ? await listMembers(actor) : null,
    tokens: await listTokens(actor, pagingSchema.parse({ limit: 20, cursor })),
    sessions: await listOwnSessions(actor, sessionId, now),
    now: now.toISOString(),
  };
}
