// What the browser's tab says on each page of the portal.
import { pageHeads } from "./page-heads.ts";

/** By the folders below the portal; `*` is an id. Of two that fit, the first counts. */
export const pageTitles: readonly (readonly [path: string, title: string])[] = [
  ["", "Overview"],
  ["applications", pageHeads.applications.title],
  ["applications/new", pageHeads.newApplication.title],
  ["applications/*", "Application"],
  ["applications/*/edit", "Edit application"],
  ["signing-keys", pageHeads.signingKey.title],
  ["certificates", pageHeads.certificates.title],
  ["certificates/new", pageHeads.newCertificate.title],
  ["certificates/upload", pageHeads.uploadCertificate.title],
  ["certificates/*", "Certificate"],
  ["sessions", pageHeads.sessions.title],
  ["audit-log", "Audit Log"],
  ["settings", "Settings"],
];

/** The title of the page in these folders below the portal. */
export function pageTitle(folders: readonly string[]): string {
  const fits = (path: string): boolean => {
    const wanted = path === "" ? [] : path.split("/");
    return wanted.length === folders.length && wanted.every((name, at) => name === "*" || name === folders[at]);
  };
  return pageTitles.find(([path]) => fits(path))?.[1] ?? "Not found";
}
