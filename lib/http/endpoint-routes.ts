// Finds the machine endpoint of a path by string comparison alone: no pattern, so nothing can backtrack.
import type { Endpoint, EndpointTable } from "./endpoint.ts";

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/** The endpoint of a path with its decoded parameters; `isMalformed` when the parameter is no path segment at all. */
export type EndpointMatch = {
  endpoint: Endpoint;
  params: Readonly<Record<string, string>>;
  isMalformed: boolean;
};

type Branch = { prefix: string; parameter: string; bySuffix: Map<string, Endpoint> };

/** Compiles a table once; the function it returns finds the endpoint of a path (without query), or null. */
export function compileRoutes(table: EndpointTable): (path: string) => EndpointMatch | null {
  const exact = new Map<string, EndpointMatch>();
  const branches: Branch[] = [];
  for (const [template, endpoint] of Object.entries(table)) {
    const [prefix = "", parameter, suffix = ""] = template.split(/[{}]/);
    if (parameter === undefined) {
      exact.set(template, { endpoint, params: NO_PARAMS, isMalformed: false });
      continue;
    }
    let branch = branches.find((known) => known.prefix === prefix && known.parameter === parameter);
    if (!branch) {
      branch = { prefix, parameter, bySuffix: new Map() };
      branches.push(branch);
    }
    branch.bySuffix.set(suffix, endpoint);
  }
  return (path) => exact.get(path) ?? findInBranches(branches, path);
}

function findInBranches(branches: Branch[], path: string): EndpointMatch | null {
  for (const { prefix, parameter, bySuffix } of branches) {
    if (!path.startsWith(prefix)) continue;
    const slash = path.indexOf("/", prefix.length);
    const end = slash === -1 ? path.length : slash;
    const endpoint = bySuffix.get(path.slice(end));
    if (!endpoint || end === prefix.length) continue;
    const value = decodeSegment(path.slice(prefix.length, end));
    return { endpoint, params: { [parameter]: value ?? "" }, isMalformed: value === null };
  }
  return null;
}

/** Null for what no segment can hold: a broken escape, or a slash, backslash, dot segment or NUL that an escape hides. */
function decodeSegment(segment: string): string | null {
  if (!segment.includes("%")) return segment === "." || segment === ".." ? null : segment;
  try {
    const decoded = decodeURIComponent(segment);
    const isHidden = decoded === "." || decoded === ".." || /[/\\\0]/.test(decoded);
    return isHidden ? null : decoded;
  } catch {
    return null;
  }
}
