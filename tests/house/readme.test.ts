import { describe, expect, it } from "vitest";
import { read } from "../support/source.ts";

describe("the README", () => {
  const readme = read("README.md").replace(/\s+/g, " ");

  it("G4, G8: advises to rotate regularly, and to try a rotation on a development organization first", () => {
    expect(readme).toMatch(/Rotate regularly/);
    expect(readme).toMatch(/try a rotation on a development organization first/);
  });

  it("G5: tells both orders of rotating and updating applications", () => {
    expect(readme).toMatch(/Rotate, then update the application, then drop/);
    expect(readme).toMatch(/update the application first/);
  });

  it("L9, L10: guides verifiers through fetch, cache, match and verify, with jwks-rsa among the samples", () => {
    for (const word of ["Fetch", "Cache", "Match", "Verify"]) expect(readme).toContain(word);
    expect(readme).toMatch(/jwksClient\(\{ jwksUri: .+cache: true, rateLimit: true \}\)/);
  });

  it("G1: recommends RS256 and says what the JWKS holds around a rotation", () => {
    expect(readme).toMatch(/RS256 is what every verifier understands/);
    expect(readme).toMatch(/next key stands in the JWKS long before it signs/);
  });
});
