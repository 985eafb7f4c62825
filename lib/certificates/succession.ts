// Which certificate took the place of one that was renewed, over any number of renewals: pure rules.

/** A certificate that renewed another one over the same key pair. */
export type Renewal = {
  id: string;
  name: string;
  renewedFromId: string | null;
  notAfter: Date;
  createdAt: Date;
  deletedAt: Date | null;
};

/** Finds for an id the newest live certificate among its renewals and theirs; null when there is none. */
export function successorFinder(renewals: readonly Renewal[]): (id: string) => Renewal | null {
  const renewalsOf = new Map<string | null, Renewal[]>();
  for (const renewal of renewals) {
    const { renewedFromId } = renewal;
    renewalsOf.set(renewedFromId, [...(renewalsOf.get(renewedFromId) ?? []), renewal]);
  }
  return (id) => {
    const descendants = [...(renewalsOf.get(id) ?? [])];
    // The list grows while it is walked; every renewal is younger than what it renews, so the walk ends.
    for (const renewal of descendants) descendants.push(...(renewalsOf.get(renewal.id) ?? []));
    const live = descendants.filter(({ deletedAt }) => deletedAt === null);
    return live.reduce<Renewal | null>(
      (newest, one) => (newest && newest.createdAt >= one.createdAt ? newest : one),
      null,
    );
  };
}

/** True for a certificate whose end concerns nobody: another one took its place, and no application uses it any more. */
export function isReplaced({ isUsed, successor }: { isUsed: boolean; successor: object | null }): boolean {
  return successor !== null && !isUsed;
}
