import { describe, expect, it } from "vitest";
import { pageTitle, pageTitles } from "../../app/orgs/[orgId]/portal/page-titles.ts";
import { read, sourceFiles } from "../support/source.ts";

const PORTAL = "app/orgs/[orgId]/portal";
const pages = sourceFiles(PORTAL).filter((path) => path.endsWith("/page.tsx"));

describe("titles", () => {
  it("are there for each page of the portal, and for nothing else", () => {
    const paths = pages.map((page) => page.slice(PORTAL.length + 1).replace(/\/?page\.tsx$/, ""));
    const patterns = paths.map((path) => path.replaceAll(/\[\w+\]/g, "*"));
    expect(pageTitles.map(([path]) => path).sort()).toEqual(patterns.sort());
  });

  it("are found by the folders, an id being anything", () => {
    expect(pageTitle([])).toBe("Overview");
    expect(pageTitle(["applications", "new"])).toBe("New application");
    expect(pageTitle(["applications", "app_1"])).toBe("Application");
    expect(pageTitle(["applications", "app_1", "edit"])).toBe("Edit application");
    expect(pageTitle(["nothing"])).toBe("Not found");
  });

  it("stand in pages, never in metadata, which follows after the page", () => {
    const sources = sourceFiles("app").map((path) => [path, read(path)] as const);
    expect(sources.filter(([, source]) => source.includes("generateMetadata")).map(([path]) => path)).toEqual([]);
    expect(
      sources.filter(([, source]) => /metadata: Metadata = \{[^}]*title/.test(source)).map(([path]) => path),
    ).toEqual([]);
  });
});
