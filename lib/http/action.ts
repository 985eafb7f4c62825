import "server-only";
// The wrapper of every server action: who acts in which organization, checked input, and an error as a value.
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { type Actor, requireAnyPermission } from "../auth/actor.ts";
import type { Permission } from "../auth/permissions.ts";
import { portalActor, requireFreshProof } from "../auth/portal.ts";
import { requestContext } from "../auth/request-context.ts";
import type { ActionResult } from "./action-result.ts";
import { checkInput } from "./input.ts";
import { toAppError } from "./problem.ts";
import { noteFailure } from "./route.ts";

const organizationIdSchema = z.string().max(63);

type Declaration<Input extends z.ZodType, View> = {
  input: Input;
  /**
   * True for what cannot be undone, for what gives access that outlasts the session, and for what says who signs or what an
   * application may do: whoever signed in a while ago has to prove once more who they are.
   */
  needsProof?: boolean | ((input: z.output<Input>) => boolean);
  /** One of these is needed, as the service will say: whoever has none is refused at once, and not asked for a password first. */
  permissions?: readonly [Permission, ...Permission[]];
  run: (call: { actor: Actor; input: z.output<Input>; now: Date }) => Promise<View>;
};

/** A server action whose first argument is the organization's id; pages bind it. A browser can send anything: `unknown`. */
export function action<Input extends z.ZodType, View>({
  input: schema,
  needsProof = false,
  permissions,
  run,
}: Declaration<Input, View>): (organizationId: string, input: unknown) => Promise<ActionResult<View>> {
  return async (organizationId, input) => {
    let actor: Actor | null = null;
    try {
      actor = await portalActor(checkInput(organizationIdSchema, organizationId));
      const call = { actor, input: checkInput(schema, input), now: new Date() };
      if (permissions !== undefined) requireAnyPermission(actor, permissions);
      if (typeof needsProof === "function" ? needsProof(call.input) : needsProof) await requireFreshProof(call.now);
      return { ok: true, data: await run(call) };
    } catch (error) {
      unstable_rethrow(error);
      const requestId = actor?.requestId ?? requestContext(await headers()).requestId;
      await noteFailure(error, actor, "portal action", requestId);
      const { code, message, errors, details } = toAppError(error);
      return { ok: false, code, message, ...(errors ? { errors } : {}), details };
    }
  };
}
