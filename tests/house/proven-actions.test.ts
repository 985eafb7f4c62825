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
  revokeSession: YES,
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
};

const sources = sourceFiles("app")
  .filter((path) => path.endsWith("actions.ts"))
  .map(read);
const declared = sources
  .flatMap((source) => [...source.matchAll(/^export const (\w+)Action = action\(\{\n(.*?)\n\}\);/gms)])
  .map(([, name = "", body = ""]) => ({ name, needsProof: /^ {2}needsProof: (.*),$/m.exec(body)?.[1], body }));

it("N1: every action says whether it asks who is there", () => {
  const exported = sources.flatMap((source) => [...source.matchAll(/^export const (\w+)Action\b/gm)]);
  expect(declared.map(({ name }) => name)).toEqual(exported.map(([, name]) => name));
  const names = new Set(declared.map(({ name }) => name));
  expect([...names].sort()).toEqual(Object.keys(ACTIONS).sort());
  for (const { name, needsProof } of declared) expect(needsProof, name).toBe(ACTIONS[name]);
});

it("asks nobody for a password who may not do it anyway; what concerns only oneself needs no permission", () => {
  const own = ["createToken", "revokeToken", "revokeSession"];
  const unchecked = declared.filter(({ needsProof, body }) => needsProof !== NO && !/^ {2}permissions: \[/m.test(body));
  expect(unchecked.map(({ name }) => name).sort()).toEqual([...own].sort());
});
