// What the rotate dialog knows while it is open: the choice, the reason, the gate, and how the action fares.
"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { AlgorithmChoice } from "#components/keys/algorithm-picker.tsx";
import type { KeyAction, RotateKeyRequest } from "#components/keys/key-action.ts";
import { shortKid } from "#components/keys/kid-parts.ts";
import { useKeyAction } from "#components/keys/use-key-action.ts";
import { showToast } from "#components/ui/show-toast.ts";
import type { ActionFailure } from "#components/ui/use-action.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

/** One rotation as the dialog sees it. */
export type Rotation = {
  choice: AlgorithmChoice;
  setChoice: (choice: AlgorithmChoice) => void;
  reason: string;
  setReason: (reason: string) => void;
  reasonField: RefObject<HTMLTextAreaElement | null>;
  reasonError: string | null;
  gate: Gate;
  /** The gate closed while the dialog stood open. */
  isTold: boolean;
  /** Somebody else rotated meanwhile. */
  isLate: boolean;
  isPending: boolean;
  failure: ActionFailure | null;
  clear: () => void;
  submit: () => void;
};

type Gate = { isClosed: boolean; secondsRemaining: number };
type RotationParts = {
  open: boolean;
  status: SigningKeyStatusView;
  rotateAction: KeyAction<RotateKeyRequest>;
  onDone: () => void;
};

/** Keeps the state of one opening of the dialog; `onDone` is called after a rotation. */
export function useKeyRotation({ open, status, rotateAction, onDone }: RotationParts): Rotation {
  // What the person saw when the dialog opened; a refresh behind it must not change what is asked for.
  const [seenCurrentKid] = useState(status.current_kid);
  const { algorithm, rsa_bits } = status.next_key;
  const [choice, setChoice] = useState<AlgorithmChoice>({ algorithm, rsa_bits });
  const { run, isPending, failure, clear } = useKeyAction(rotateAction, (after) => {
    onDone();
    showToast({
      tone: "positive",
      title: "Signing key rotated",
      description: `${shortKid(after.current_kid)} signs from now on. Tokens of the previous key stay valid until they expire.`,
    });
  });
  const gate = readGate(status, failure);
  const isTold = failure?.code === "key.next_not_propagated";
  const { requireReason, ...reasoning } = useReason(failure, isTold);

  function submit(): void {
    const overrideReason = gate.isClosed ? requireReason() : undefined;
    if (overrideReason === null) return;
    const newKey = { algorithm: choice.algorithm, rsa_bits: choice.rsa_bits ?? undefined };
    run({ expected_current_kid: seenCurrentKid, ...newKey, override_reason: overrideReason });
  }

  const isOvertaken = open && status.current_kid !== seenCurrentKid && !isPending;
  const isLate = failure?.code === "key.already_rotated" || isOvertaken;
  return { choice, setChoice, ...reasoning, gate, isTold, isLate, isPending, failure, clear, submit };
}

type Reasoning = Pick<Rotation, "reason" | "setReason" | "reasonField" | "reasonError"> & {
  /** The trimmed reason, or null after leading to the empty field. */
  requireReason: () => string | null;
};

function useReason(failure: ActionFailure | null, isTold: boolean): Reasoning {
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  // A gate that closed while the dialog stood open asks for something new: lead there.
  useEffect(() => {
    if (isTold) reasonField.current?.focus();
  }, [isTold]);
  const refused = failure?.errors?.find((error) => error.field === "override_reason")?.message ?? null;
  const reasonError = isMissing && reason.trim() === "" ? "Say why it cannot wait." : refused;
  function requireReason(): string | null {
    if (reason.trim() !== "") return reason.trim();
    setMissing(true);
    reasonField.current?.focus();
    return null;
  }
  return { reason, setReason, reasonField, reasonError, requireReason };
}

function readGate(status: SigningKeyStatusView, failure: ActionFailure | null): Gate {
  const { propagated, seconds_until_propagated } = status.next_key;
  if (!propagated) return { isClosed: true, secondsRemaining: seconds_until_propagated };
  // The page was read before the gate closed; the refusal knows better.
  if (failure?.code !== "key.next_not_propagated") return { isClosed: false, secondsRemaining: 0 };
  const told = failure.details?.seconds_remaining;
  return { isClosed: true, secondsRemaining: typeof told === "number" ? told : 0 };
}
