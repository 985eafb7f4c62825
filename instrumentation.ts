// Next calls this once before the first request: where no public plane stands in front, this process prepares everything itself.

/** Called by Next in every runtime, also in the workers of a build; only a serving Node process has something to prepare. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { isPortalProcess } = await import("#lib/start-state.ts");
  if (isPortalProcess()) return;
  const { start } = await import("#lib/start.ts");
  await start();
}
