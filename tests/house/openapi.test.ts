import { describe, expect, it } from "vitest";
import { openApiDocument } from "#lib/openapi/document.ts";
import { OPERATIONS } from "#lib/openapi/operations.ts";
import { read, sourceFiles } from "../support/source.ts";

const routes = sourceFiles("app/api/v1/admin")
  .filter((path) => path.endsWith("/route.ts") && !path.includes("[..."))
  .flatMap((path) => {
    const place = path.slice("app".length, -"/route.ts".length).replace(/\[(\w+)\]/g, "{$1}");
    const declared = [...read(path).matchAll(/^ {2}(GET|POST|PUT|PATCH|DELETE): route\(/gm)].map(
      ([, name]) => name ?? "",
    );
    return declared.map((method) => ({ key: `${method.toLowerCase()} ${place}`, source: read(path) }));
  });

describe("the OpenAPI document", () => {
  const document = openApiDocument("https://id.example.com") as {
    openapi: string;
    paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; requestBody?: unknown }>>;
  };
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ key: `${method} ${path}`, path, operation })),
  );

  it("is OpenAPI 3.1 and holds every route of the management API, and no other (G3)", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(described.map(({ key }) => key).sort()).toEqual(routes.map(({ key }) => key).sort());
  });

  it("names every path parameter, and a body exactly where the route reads one", () => {
    for (const { key, path, operation } of described) {
      const inPath = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === "path")
        .map(({ name }) => name);
      expect(inPath, key).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      const source = routes.find((route) => route.key === key)?.source ?? "";
      const method = key.slice(0, key.indexOf(" ")).toUpperCase();
      const declaration =
        source.slice(source.indexOf(`  ${method}: route(`) + 1).split(/\n {2}[A-Z]+: route\(/, 1)[0] ?? "";
      expect("requestBody" in operation, key).toBe(/\bbody: \w+Schema/.test(declaration));
    }
  });

  it("gives every operation an id of its own", () => {
    const ids = described.map(({ operation }) => (operation as { operationId?: string }).operationId);
    expect(new Set(ids).size).toBe(OPERATIONS.length);
  });

  it("is plain JSON whose references lead somewhere", () => {
    const text = JSON.stringify(document);
    expect(JSON.parse(text)).toEqual(document);
    const references = [...text.matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer]) => pointer ?? "");
    expect(references.length).toBeGreaterThan(0);
    for (const pointer of new Set(references)) {
      const found = pointer
        .split("/")
        .slice(1)
        .reduce<unknown>((node, name) => (node as Record<string, unknown>)?.[name], document);
      expect(found, pointer).toBeDefined();
    }
  });
});
