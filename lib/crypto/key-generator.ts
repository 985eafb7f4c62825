// A program of its own: makes RSA pairs for its parent at low priority, so that neither requests nor pages wait for a core.
import { constants, setPriority } from "node:os";
import { keyTypeOf } from "./algorithms.ts";
import { generateKeyPair, type KeyPairMaterial } from "./key-pair.ts";

/** What the parent asks for. */
export type GenerationRequest = { id: number; algorithm: string; rsaBits: number | null };
/** What it gets. */
export type GenerationAnswer = { id: number; material: KeyPairMaterial | null };

// The lowest of all: its parent gives way to others as well, and nobody may go back up.
setPriority(constants.priority.PRIORITY_LOW);
process.on("disconnect", () => process.exit(0));
process.on("message", (request: GenerationRequest) => void answer(request));

async function answer({ id, algorithm, rsaBits }: GenerationRequest): Promise<void> {
  const material = await generateKeyPair(keyTypeOf(algorithm, rsaBits)).catch(() => null);
  // A parent that has gone meanwhile wants no answer; without the callback the failure would end in a stack trace.
  process.send?.({ id, material } satisfies GenerationAnswer, undefined, undefined, () => undefined);
}
