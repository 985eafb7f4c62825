// The three things that can be done to signing keys, as the page hands them to the dialogs.
import type { Action } from "#components/ui/use-action.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

/** What the rotate action takes; the algorithm is that of the new next key. */
export type RotateKeyRequest = {
  expected_current_kid: string;
  algorithm?: string;
  rsa_bits?: number;
  override_reason?: string;
};

/** What the drop action takes. */
export type DropKeyRequest = { kid: string; force: boolean };

/** What the action that replaces the next key takes. */
export type ReplaceNextKeyRequest = { algorithm: string; rsa_bits?: number };

/** An action on signing keys; it answers with the status after it. */
export type KeyAction<Input> = Action<Input, SigningKeyStatusView>;
