"use server";
// What the Signing Key page can do: rotate, drop, replace the next key; the same services as the management API.
import { action } from "#lib/http/action.ts";
import { dropKeySchema, replaceNextKeySchema, rotateKeySchema } from "#lib/keys/schema.ts";
import { dropSigningKey, replaceNextKey, rotateSigningKey } from "#lib/keys/service.ts";

export const rotateKeyAction = action({
  input: rotateKeySchema,
  run: ({ actor, input, now }) => rotateSigningKey(actor, input, now),
});

export const dropKeyAction = action({
  input: dropKeySchema,
  needsProof: true,
  permissions: ["certificates.manage"],
  run: ({ actor, input, now }) => dropSigningKey(actor, input, now),
});

export const replaceNextKeyAction = action({
  input: replaceNextKeySchema,
  run: ({ actor, input, now }) => replaceNextKey(actor, input, now),
});
