import "server-only";
// Authorization requests that wait for a person; each is found by the SHA-256 of its handle, in one organization only.
import { z } from "zod";
import { database } from "../db/client.ts";
import { writeAlone } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { AUTHORIZATION_PARAMETERS, type AuthorizationParameters } from "./authorization-parameters.ts";

const storedParametersSchema = z.object({
  values: z.partialRecord(z.enum(AUTHORIZATION_PARAMETERS), z.string()),
  repeated: z.array(z.enum(AUTHORIZATION_PARAMETERS)),
});

/** A request that waits; `id` is the SHA-256 of its handle in base64url. */
export type WaitingRequest = {
  id: string;
  applicationId: string;
  parameters: AuthorizationParameters;
  createdAt: Date;
  expiresAt: Date;
};

/**
 * Adds a request, in one statement: strangers write here, and nobody's writes wait for theirs.
 * @throws application.not_found when the application was deleted meanwhile
 */
export async function insertWaitingRequest(organizationId: string, request: WaitingRequest): Promise<void> {
  const { parameters, ...columns } = request;
  try {
    await writeAlone((db) =>
      db.authorizationRequest.create({
        data: { ...columns, organizationId, parameters: JSON.stringify(parameters) },
      }),
    );
  } catch (error) {
    if ((error as { code?: unknown }).code !== "P2003") throw error;
    throw new AppError("application.not_found", "There is no such application.", { cause: error });
  }
}

/** A request that has not ended, or null. */
export async function findWaitingRequest(
  organizationId: string,
  id: string,
  now: Date,
): Promise<WaitingRequest | null> {
  const row = await database().authorizationRequest.findFirst({
    where: { id, organizationId, expiresAt: { gt: now } },
  });
  if (row === null) return null;
  const { applicationId, createdAt, expiresAt } = row;
  const parameters = storedParametersSchema.parse(JSON.parse(row.parameters));
  return { id, applicationId, parameters, createdAt, expiresAt };
}

/** Lets a request end at a moment, unless it ends earlier anyway. */
export async function updateRequestEnd(organizationId: string, id: string, expiresAt: Date): Promise<void> {
  await writeAlone((db) =>
    db.authorizationRequest.updateMany({
      where: { id, organizationId, expiresAt: { gt: expiresAt } },
      data: { expiresAt },
    }),
  );
}

/** Removes the requests that ended before a moment. */
export async function removeEndedRequests(organizationId: string, before: Date): Promise<void> {
  await writeAlone((db) =>
    db.authorizationRequest.deleteMany({ where: { organizationId, expiresAt: { lt: before } } }),
  );
}
