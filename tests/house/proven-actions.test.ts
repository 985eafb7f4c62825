import { expect, it } from "vitest";
import { read, sourceFiles } from "../support/source.ts";

const YES = "true";
const NO = undefined;

/** Every action of the portal: whether it asks who is there, when the sign-in is a while ago. */
const ACTIONS: Record<string, string | undefined> = {
  // They cannot be undone.
  dropKey: YES,
  deleteCertificate: "({ dry_run }) => dry_run !== true",
  deleteApplication: YES,
  deleteClientSecret: YES,
  removeMember: YES,
  revokeToken: YES,
  "settings/revokeSession": YES,
  "sessions/revokeSession": YES,
  revokeSessionGroup: YES,
  // They give access that outlasts the session, or say who signs.
  createApplication: YES,
  updateApplication: YES,
  createClientSecret: YES,
  createToken: YES,
  addMember: YES,
  changeRole: YES,
  uploadCertificate: YES,
  assignCertificate: YES,
  // Nobody should look for a password while a key leaks, and no private key leaves the server.
  rotateKey: NO,
  replaceNextKey: NO,
  generateCertificate: NO,
  renewCertificate: NO,
  // It asks for the password by itself.
  changePassword: NO,
  confirmIdentity: NO,
  // They give nobody anything.
  createOrganization: NO,
  renameOrganization: NO,
  previewUpload: NO,
  listSelectableCertificates: NO,
  readEvent: NO,
};

/** Those of the portal; whoever signs in or out is nobody yet. */
const files = sourceFiles("app/orgs").filter((path) => read(path).startsWith(`"use server"`));
const declared = files.flatMap((path) =>
  [...read(path).matchAll(/^export const (\w+)Action = action\(\{\n(.*?)\n\}\);/gms)].map(
    ([, name = "", body = ""]) => {
      const placed = `${path.split("/").at(-2)}/${name}`;
      const needsProof = /^ {2}needsProof: (.*),$/m.exec(body)?.[1];
      return { name: placed in ACTIONS ? placed : name, needsProof, body };
    },
  ),
);

it("N1: every action says whether it asks who is there", () => {
  const exported = files.flatMap((path) => read(path).match(/^export /gm) ?? []);
  expect(declared.length).toBe(exported.length);
  expect(declared.map(({ name }) => name).sort()).toEqual(Object.keys(ACTIONS).sort());
  for (const { name, needsProof } of declared) expect(needsProof, name).toBe(ACTIONS[name]);
});

it("asks nobody for a password who lacks the permission; what concerns only oneself needs none", () => {
  const own = ["createToken", "revokeToken", "settings/revokeSession"];
  const unchecked = declared.filter(({ needsProof, body }) => needsProof !== NO && !/^ {2}permissions: \[/m.test(body));
  expect(unchecked.map(({ name }) => name).sort()).toEqual([...own].sort());
});
