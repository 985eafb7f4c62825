import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type QuickStartFacts, quickStartKinds, quickStarts } from "#components/applications/quick-start.ts";

const FACTS: QuickStartFacts = {
  issuer: "https://id.example/orgs/acme-corp",
  authorizationEndpoint: "https://id.example/orgs/acme-corp/oauth/authorize",
  tokenEndpoint: "https://id.example/orgs/acme-corp/oauth/token",
  clientId: "app_x",
  isConfidential: true,
  grantTypes: ["authorization_code", "refresh_token", "client_credentials"],
  redirectUri: "https://app.example/cb?it's=$HOME&b=`id`",
};
const VARIANTS: QuickStartFacts[] = [
  FACTS,
  { ...FACTS, isConfidential: false, grantTypes: ["authorization_code"] },
  { ...FACTS, issuer: "http://localhost:3000/orgs/acme-corp" },
];

/** Refuses a program that is not well-formed; nothing is run. */
const CHECKS = {
  node: (code: string) => execFileSync(process.execPath, ["--check", "--input-type=module", "-"], { input: code }),
  python: (code: string) =>
    execFileSync("/usr/bin/python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: code }),
  curl: (code: string) => execFileSync("bash", ["-n"], { input: code }),
};

describe("the programs to copy", () => {
  it("are those of the application's grants", () => {
    expect(quickStartKinds({ grantTypes: ["client_credentials"] })).toEqual(["machine"]);
    expect(quickStartKinds({ grantTypes: ["authorization_code"] })).toEqual(["sign-in"]);
    expect(quickStartKinds(FACTS)).toEqual(["sign-in", "machine"]);
  });

  it("are well-formed in every language, also with quotes in an address", () => {
    for (const facts of VARIANTS) {
      for (const kind of quickStartKinds(facts)) {
        for (const { language, code } of quickStarts(kind, facts)) {
          expect(() => CHECKS[language](code), `${language} ${kind}`).not.toThrow();
        }
      }
    }
  });

  it("hold no secret, and mention none for a public client", () => {
    for (const { code } of quickStarts("sign-in", { ...FACTS, isConfidential: false })) {
      expect(code).not.toContain("CLIENT_SECRET");
      expect(code).toContain("app_x");
    }
    for (const { code } of quickStarts("machine", FACTS)) expect(code).toContain("CLIENT_SECRET");
  });

  it("give a shell the redirect address as one word that it does not read", () => {
    const program = quickStarts("sign-in", FACTS).find(({ language }) => language === "curl")?.code ?? "";
    const argument = program.match(/--data-urlencode (.*) \\$/m)?.[1] ?? "";
    const printed = execFileSync("bash", ["-c", `printf %s ${argument}`], { encoding: "utf8" });
    expect(printed).toBe(`redirect_uri=${FACTS.redirectUri}`);
  });

  it("refresh only where the application may", () => {
    for (const { code } of quickStarts("sign-in", { ...FACTS, grantTypes: ["authorization_code"] }))
      expect(code).not.toContain("refresh");
  });
});
