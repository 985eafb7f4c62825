// How caches are bounded that may hold many entries and mostly hold few.

/** The bound of an LRUCache in entries. Its own `max` sets all places aside when the cache is made: 4 ms for 20,000 of them. */
export function atMost(entries: number): { maxSize: number; sizeCalculation: () => number } {
  return { maxSize: entries, sizeCalculation: () => 1 };
}
