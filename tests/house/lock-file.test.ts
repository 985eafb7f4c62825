import { describe, expect, it } from "vitest";
import { read } from "../support/source.ts";

type Locked = { version?: string; optionalDependencies?: Record<string, string>; resolved?: string };

describe("package-lock.json", () => {
  const packages = (JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> }).packages;

  it("holds the optional packages of every platform, without which npm ci refuses", () => {
    const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13)));
    const missing = Object.values(packages).flatMap((locked) =>
      Object.keys(locked.optionalDependencies ?? {}).filter((name) => !names.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it("names no registry, so that it installs from whichever one a machine uses", () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith("http"))).toEqual([]);
  });

  it("is that of package.json, whose versions are exact", () => {
    const own = JSON.parse(read("package.json")) as Record<"dependencies" | "devDependencies", Record<string, string>>;
    const all = { ...own.dependencies, ...own.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d/.test(version))).toEqual([]);
    expect(packages[""]).toMatchObject({ dependencies: own.dependencies, devDependencies: own.devDependencies });
  });
});
