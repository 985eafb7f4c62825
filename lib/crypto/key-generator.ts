// A program of its own: makes RSA pairs for its parent at low priority, so that neither requests nor pages wait for a core.
import { setPriority } from "node:os";
import { keyTypeOf } from "./algorithms.ts";
import { generateKeyPair, type KeyPairMaterial } from "./key-pair.ts";

/** Below the portal, which asks for most pairs and gives way itself; who waits for one still gets it in bearable time. */
const NICENESS = 14;

/** What the parent asks for. */
export type GenerationRequest = { id: number; algorithm: string; rsaBits: number | null };
/** What it gets. */
export type GenerationAnswer = { id: number; material: KeyPairMaterial | null };

setPriority(NICENESS);
process.on("disconnect", () => process.exit(0));
process.on("message", (request: GenerationRequest) => void answer(request));

async function answer({ id, algorithm, rsaBits }: GenerationRequest): Promise<void> {
  const material = await generateKeyPair(keyTypeOf(algorithm, rsaBits)).catch(() => null);
  // A parent that has gone meanwhile wants no answer; without the callback the failure would end in a stack trace.
  process.send?.({ id, material } satisfies GenerationAnswer, undefined, undefined, () => undefined);
}
