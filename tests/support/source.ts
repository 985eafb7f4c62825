// Reads the repository's own source for the house tests.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** An import of one file: another file of the repository (path from its root), or a package. */
export type Import = { from: string; to: string; isPackage: boolean; isTypeOnly: boolean };

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+["']([^"']+)["']|(?:^|\n)import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every source file below these folders or files, without what is generated. */
export function sourceFiles(...places: string[]): string[] {
  return places.flatMap((place) => {
    if (!existsSync(place)) return [];
    if (statSync(place).isFile()) return [place];
    return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
      const path = join(place, entry.name);
      if (entry.isDirectory()) return entry.name === "generated" ? [] : sourceFiles(path);
      return /\.(ts|tsx|mjs)$/.test(entry.name) ? [path] : [];
    });
  });
}

/** The text of a file. */
export function read(path: string): string {
  return readFileSync(path, "utf8");
}

/** What a file imports, dynamic imports too. */
export function importsOf(path: string): Import[] {
  return [...read(path).matchAll(STATEMENT)].map(([, type, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? "";
    const to = resolveSpecifier(path, specifier);
    return { from: path, to: to ?? specifier, isPackage: to === null, isTypeOnly: type !== undefined };
  });
}

function resolveSpecifier(from: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return normalize(join(dirname(from), specifier));
  return null;
}
