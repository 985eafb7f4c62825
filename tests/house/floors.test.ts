import { describe, expect, it } from "vitest";
import { type Import, importsOf, read, sourceFiles } from "../support/source.ts";

const ROOT_FILES = ["server.ts", "proxy.ts", "instrumentation.ts"];
const files = sourceFiles("lib", "app", "components", ...ROOT_FILES);
const imports = files.flatMap(importsOf);
const DOMAIN_ROOMS = ["applications", "certificates", "jwks", "keys", "oidc", "organizations", "sessions", "tokens"];
const BASE_ROOMS = ["auth", "audit", "http"];

function roomOf(path: string): string {
  return path.match(/^lib\/([^/]+)\//)?.[1] ?? "";
}

function isServerOnly(path: string): boolean {
  return read(path).startsWith('import "server-only";');
}

function isRepository(path: string): boolean {
  return /^lib\/[^/]+\/(?:[a-z-]+-)?repository\.ts$/.test(path);
}

/** Files whose imports match `from` and reach what `to` describes, as lines to read. */
function crossings(from: (path: string) => boolean, to: (target: Import) => boolean): string[] {
  return imports.filter((found) => from(found.from) && to(found)).map((found) => `${found.from} → ${found.to}`);
}

const isLib = (path: string): boolean => path.startsWith("lib/");
const isDomain = (path: string): boolean => DOMAIN_ROOMS.includes(roomOf(path));

describe("the floors of the house", () => {
  it("are not empty, so that the tests below look at something", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(400);
  });

  it("nothing in lib imports a page or a component", () => {
    expect(crossings(isLib, ({ to }) => /^(app|components)\//.test(to))).toEqual([]);
  });

  it("components get data and actions as props: they import components, schemas, views and pure words, no service and no storage", () => {
    const isServer = ({ to, isPackage, isTypeOnly }: Import): boolean =>
      !isPackage && !isTypeOnly && (to.startsWith("app/") || (isLib(to) && isServerOnly(to)));
    expect(crossings((path) => path.startsWith("components/"), isServer)).toEqual([]);
  });

  it("pages and routes reach storage and keys only through services", () => {
    const isBehindService = ({ to }: Import): boolean =>
      isRepository(to) || to.startsWith("lib/db/") || to.startsWith("lib/crypto/") || to === "lib/keys/vault.ts";
    expect(crossings((path) => path.startsWith("app/"), isBehindService)).toEqual([]);
  });

  it("no domain room imports another one's repository or vault", () => {
    const isForeign = ({ from, to }: Import): boolean =>
      roomOf(from) !== roomOf(to) && isDomain(to) && (isRepository(to) || to.endsWith("/vault.ts"));
    expect(crossings(isDomain, isForeign)).toEqual([]);
  });

  it("repositories import storage, their own room's words and errors, and no service", () => {
    const isAbove = ({ from, to, isPackage, isTypeOnly }: Import): boolean => {
      if (isPackage || isTypeOnly || /^lib\/(errors|paging|env|log)\.ts$/.test(to)) return false;
      const isOwn = roomOf(from) === roomOf(to) && !to.endsWith("service.ts");
      // People are the business of auth; a member is one of them.
      const isBelow = roomOf(to) === "db" || to === "lib/auth/repository.ts";
      return !isOwn && !isBelow && isServerOnly(to);
    };
    expect(crossings(isRepository, isAbove)).toEqual([]);
  });

  it("auth, audit and http know no domain room", () => {
    expect(
      crossings(
        (path) => BASE_ROOMS.includes(roomOf(path)),
        ({ to }) => isDomain(to),
      ),
    ).toEqual([]);
  });

  it("crypto imports crypto and errors only", () => {
    const isElse = ({ to, isPackage }: Import): boolean =>
      !isPackage && roomOf(to) !== "crypto" && to !== "lib/errors.ts";
    expect(crossings((path) => roomOf(path) === "crypto", isElse)).toEqual([]);
  });

  it("pure files of a domain room reach neither the server nor anything outside the process", () => {
    const isPure = (path: string): boolean => isDomain(path) && !isServerOnly(path);
    const isOutside = /^(next|react|pg|pino|@prisma\/|@libsql\/|libsql$|node:(fs|http|net|os|child_process|timers))/;
    const isImpure = ({ to, isPackage, isTypeOnly }: Import): boolean =>
      !isTypeOnly && (isPackage ? isOutside.test(to) : isServerOnly(to));
    expect(crossings(isPure, isImpure)).toEqual([]);
  });
});

describe("one door per dependency", () => {
  const packageImports = (name: RegExp): Import[] => imports.filter(({ to, isPackage }) => isPackage && name.test(to));
  const users = (name: RegExp): string[] => [...new Set(packageImports(name).map(({ from }) => from))];

  it("Prisma is opened only in lib/db", () => {
    const generated = imports.filter(({ to }) => to.startsWith("lib/db/generated/")).map(({ from }) => from);
    const all = [...generated, ...users(/^@prisma\/|^@libsql\/|^libsql$|^pg$/)];
    expect(all.filter((path) => roomOf(path) !== "db")).toEqual([]);
  });

  it("only repositories and lib/db query", () => {
    const callers = files.filter((path) => isLib(path) && /\bdatabase\(\)/.test(read(path)));
    const isAllowed = (path: string): boolean =>
      roomOf(path) === "db" || isRepository(path) || path === "lib/health/endpoint.ts";
    expect(callers.filter((path) => !isAllowed(path))).toEqual([]);
  });

  it("jose, x509 and node:crypto are used only in lib/crypto", () => {
    const all = users(/^(jose|@peculiar\/x509|node:crypto|crypto)$/);
    // Development secrets and quickstart's password are invented before any room can be entered.
    const isBefore = (path: string): boolean => path === "lib/env.ts" || path.endsWith(".mjs");
    expect(all.filter((path) => roomOf(path) !== "crypto" && !isBefore(path))).toEqual([]);
  });

  it("next-auth is used only in lib/auth", () => {
    expect(users(/^next-auth/).filter((path) => roomOf(path) !== "auth")).toEqual([]);
  });

  it("process.env is read only in lib/env.ts", () => {
    const readers = files.filter((path) => /process\.env\b/.test(read(path)) && path.endsWith(".ts"));
    // Next replaces the one in instrumentation.ts at build time.
    expect(readers.filter((path) => !["lib/env.ts", "instrumentation.ts"].includes(path))).toEqual([]);
  });
});

describe("files", () => {
  it("that hold secrets or reach storage begin with server-only", () => {
    const mustBe = files.filter(
      (path) =>
        /^lib\/[^/]+\/(?:[a-z-]*(?:service|repository|vault|endpoint|signing))\.ts$/.test(path) &&
        path !== "lib/http/endpoint.ts",
    );
    const rooms = files.filter((path) => roomOf(path) === "db");
    expect([...mustBe, ...rooms].filter((path) => !isServerOnly(path))).toEqual([]);
  });

  it("have at most 300 lines", () => {
    const all = [...files, ...sourceFiles("tests", "prisma")];
    const lengths = all.map((path) => [path, read(path).split("\n").length - 1] as const);
    expect(lengths.filter(([, lines]) => lines > 300)).toEqual([]);
  });

  it("of lib open with a sentence that says what they are for", () => {
    const first = (path: string): string =>
      read(path)
        .split("\n")
        .find((line) => !line.startsWith("import ") && line.trim() !== "") ?? "";
    expect(sourceFiles("lib").filter((path) => !/^\/\/ \S.{20,}/.test(first(path)))).toEqual([]);
  });

  it("lie at most three deep under lib and components, and none is a barrel or a drawer", () => {
    const rooms = sourceFiles("lib", "components");
    const isDrawer = /(^|\/)(index|utils?|helpers?|misc|common|shared|types)\.tsx?$/;
    expect(rooms.filter((path) => path.split("/").length > 4 || isDrawer.test(path))).toEqual([]);
  });
});
