import { describe, expect, it } from "vitest";
import { PUBLIC_PLANE } from "#lib/public-plane.ts";
import { read, sourceFiles } from "../support/source.ts";

const routeFiles = sourceFiles("app").filter((path) => path.endsWith("/route.ts"));
const mounted = routeFiles.filter((path) => read(path).includes("mountEndpoint("));

function toFile(template: string): string {
  return `app${template.replace(/\{(\w+)\}/g, "[$1]")}/route.ts`;
}

describe("the two planes", () => {
  it("mount the same endpoints: each path of the table has its route file, and each such file is in the table", () => {
    expect(mounted.sort()).toEqual(Object.keys(PUBLIC_PLANE).map(toFile).sort());
  });

  it.each(Object.entries(PUBLIC_PLANE))("serve %s by the very same function", async (template, endpoint) => {
    const [, name] = read(toFile(template)).match(/mountEndpoint\((\w+)\)/) ?? [];
    const [, module] = read(toFile(template)).match(new RegExp(`import \\{ ${name} \\} from "#([^"]+)"`)) ?? [];
    const exports = (await import(/* @vite-ignore */ `../../${module}`)) as Record<string, unknown>;
    expect(exports[name ?? ""]).toBe(endpoint);
  });

  it.each(Object.entries(PUBLIC_PLANE))(
    "export the methods of %s to Next, and refuse the others there too",
    async (template) => {
      const source = read(toFile(template));
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
        expect(source).toMatch(new RegExp(`\\b${method}\\b`));
      }
    },
  );
});
