import { describe, expect, it } from "vitest";
import { read, sourceFiles } from "../support/source.ts";

/** What belongs to no single organization, and may therefore be found without one. */
const WITHOUT_ORGANIZATION: Record<string, string> = {
  "lib/auth/repository.ts": "people and their portal sessions belong to no single organization",
  "lib/certificates/expiry-repository.ts findDueCertificates":
    "a clock asks for all organizations at once, and gets ids to look at again inside each",
  "lib/keys/master-key-repository.ts": "the master key is that of the whole installation",
  "lib/organizations/repository.ts hasAnyOwner": "asks whether anybody owns anything yet",
};

const SIGNATURE = /^export async function (\w+)(?:<[^(]*>)?\(\s*(\w+)/gm;

describe("repositories", () => {
  it("take the organization first, in every function that reaches the database", () => {
    const repositories = sourceFiles("lib").filter((path) => path.endsWith("repository.ts"));
    const found = repositories.flatMap((path) =>
      [...read(path).matchAll(SIGNATURE)].map(([, name, first]) => ({ path, name: name ?? "", first: first ?? "" })),
    );
    expect(found.length).toBeGreaterThan(40);
    const isFree = ({ path, name }: { path: string; name: string }): boolean =>
      path in WITHOUT_ORGANIZATION || `${path} ${name}` in WITHOUT_ORGANIZATION;
    const scoped = ["organizationId", "actor", "transaction"];
    const wrong = found.filter((signature) => !scoped.includes(signature.first) && !isFree(signature));
    expect(wrong.map(({ path, name, first }) => `${path} ${name}(${first}, …)`)).toEqual([]);
  });

  it("write in a transaction, or as writes that are tried again while somebody holds the lock", () => {
    const write = String.raw`\.\w+\.(?:create|update|delete|upsert)\w*\(`;
    const files = sourceFiles("lib").filter((path) => !path.includes("generated"));
    const alone = files.filter((path) => new RegExp(String.raw`database\(\)${write}`).test(read(path)));
    expect(alone).toEqual([]);
    const functions = files.flatMap((path) =>
      read(path)
        .split(/^(?=export async function )/m)
        .map((text) => ({ path, text })),
    );
    const byDefault = functions.filter(
      ({ text }) => text.includes("= database()") && new RegExp(`transaction${write}`).test(text),
    );
    expect(byDefault.map(({ path, text }) => `${path} ${text.slice(0, 60)}`)).toEqual([]);
  });
});
