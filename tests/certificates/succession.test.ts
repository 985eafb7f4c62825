import { describe, expect, it } from "vitest";
import { type Renewal, successorFinder } from "#lib/certificates/succession.ts";

const DAY = 86_400_000;

function renewal(id: string, renewedFromId: string, day: number, isDeleted = false): Renewal {
  const createdAt = new Date(day * DAY);
  const notAfter = new Date((day + 365) * DAY);
  return { id, name: id, renewedFromId, notAfter, createdAt, deletedAt: isDeleted ? createdAt : null };
}

describe("which certificate took the place of a renewed one", () => {
  it("is the last of a chain of renewals, and none for the last itself", () => {
    const successorOf = successorFinder([renewal("b", "a", 1), renewal("c", "b", 2)]);
    expect(["a", "b", "c", "x"].map((id) => successorOf(id)?.id ?? null)).toEqual(["c", "c", null, null]);
  });

  it("is the newest of two renewals of the same one, in whatever order they are read", () => {
    const [first, second] = [renewal("b", "a", 1), renewal("c", "a", 2)];
    expect(successorFinder([first, second])("a")?.id).toBe("c");
    expect(successorFinder([second, first])("a")?.id).toBe("c");
  });

  it("passes over deleted renewals, also in the middle of a chain", () => {
    expect(successorFinder([renewal("b", "a", 1, true), renewal("c", "b", 2)])("a")?.id).toBe("c");
    expect(successorFinder([renewal("b", "a", 1), renewal("c", "b", 2, true)])("a")?.id).toBe("b");
    expect(successorFinder([renewal("b", "a", 1, true)])("a")).toBeNull();
  });
});
