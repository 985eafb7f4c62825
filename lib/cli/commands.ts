import "server-only";
// What the commands do: the services that the portal and the API use, called as the machine's own actor.
import { type Actor, systemActor } from "../auth/actor.ts";
import type { SigningAlgorithm } from "../crypto/algorithms.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { checkInput } from "../http/input.ts";
import { rotateKeySchema } from "../keys/schema.ts";
import { getSigningKeyStatus, rotateSigningKey } from "../keys/service.ts";
import { createOrganizationSchema, setDisabledSchema } from "../organizations/schema.ts";
import { createOrganization, getOrganization, listMembers, setUserDisabled } from "../organizations/service.ts";
import type { MemberView } from "../organizations/view.ts";
import { createTokenSchema } from "../tokens/schema.ts";
import { createToken } from "../tokens/service.ts";

const ACTOR_NAME = "signet command";

type TokenOptions = { organizationId: string; permissions: string[]; days: number; name: string; user?: string };
type RotateOptions = { organizationId: string; reason?: string; algorithm?: SigningAlgorithm };

/** A new personal access token, of the first owner unless a member is named. @throws member.not_found */
export async function createTokenCommand(options: TokenOptions): Promise<string> {
  const { organizationId, permissions, days, name, user } = options;
  const input = checkInput(createTokenSchema, {
    name,
    permissions: permissions.map((permission) => permission.trim()),
    expires_in_days: days,
  });
  const actor = await actorOf(organizationId);
  const { token } = await createToken({ ...actor, userId: (await findHolder(actor, user)).user_id }, input);
  return token;
}

/** The machine's own actor in an organization that exists. @throws organization.not_found */
async function actorOf(organizationId: string): Promise<Actor> {
  const actor = systemActor(organizationId, ACTOR_NAME);
  await getOrganization(actor);
  return actor;
}

async function findHolder(actor: Actor, email: string | undefined): Promise<MemberView> {
  const members = await listMembers(actor);
  const holder = members.find((member) => (email === undefined ? member.role === "owner" : member.email === email));
  if (holder) return holder;
  throw new AppError(
    "member.not_found",
    email === undefined ? "The organization has no owner." : `No member ${email}.`,
  );
}

/** Makes an organization owned by a member of the default one: the named one, or its first owner. @throws member.not_found */
export async function createOrganizationCommand(options: {
  id: string;
  name: string;
  owner?: string;
}): Promise<string> {
  const { owner, ...rest } = options;
  const input = checkInput(createOrganizationSchema, rest);
  const holder = await findHolder(await actorOf(env().defaultOrganizationId), owner);
  const actor = { ...systemActor(input.id, holder.email), userId: holder.user_id };
  return JSON.stringify(await createOrganization(actor, input), null, 2);
}

/** Shuts a person out of everything, or lets them in again; answers with what that ended. @throws member.last_owner */
export async function setUserDisabledCommand(options: {
  email: string;
  is_disabled: boolean;
  force?: boolean | undefined;
}): Promise<string> {
  const input = checkInput(setDisabledSchema, options);
  const actor = systemActor(env().defaultOrganizationId, ACTOR_NAME);
  return JSON.stringify(await setUserDisabled(actor, input), null, 2);
}

/** The status object of the management API. */
export async function keyStatusCommand(organizationId: string): Promise<string> {
  return JSON.stringify(await getSigningKeyStatus(await actorOf(organizationId)), null, 2);
}

/** Rotates once: a rotation by somebody else since the command began is reported, not repeated. */
export async function rotateKeyCommand({ organizationId, reason, algorithm }: RotateOptions): Promise<string> {
  const actor = await actorOf(organizationId);
  const { current_kid: seen } = await getSigningKeyStatus(actor);
  const input = checkInput(rotateKeySchema, {
    expected_current_kid: seen,
    ...(reason === undefined ? {} : { override_reason: reason }),
    ...(algorithm === undefined ? {} : { algorithm }),
  });
  return JSON.stringify(await rotateSigningKey(actor, input), null, 2);
}
