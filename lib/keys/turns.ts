// Lets the changes of one organization take turns inside this process, so that of many that overlap only one makes a key.
const tails = new Map<string, Promise<unknown>>();

/** Runs `work` when every earlier call for the same organization has ended. */
export async function takeTurn<Result>(organizationId: string, work: () => Promise<Result>): Promise<Result> {
  const earlier = tails.get(organizationId) ?? Promise.resolve();
  const mine = earlier.then(work, work);
  const tail = mine.catch(() => undefined);
  tails.set(organizationId, tail);
  try {
    return await mine;
  } finally {
    if (tails.get(organizationId) === tail) tails.delete(organizationId);
  }
}
