import { defineConfig } from "vitest/config";

// Next resolves `server-only` to nothing under this condition; so do the tests, without a mock.
const CONDITION = "react-server";

const SERVER_CONDITIONS = [CONDITION, "module", "node", "development|production"];

export default defineConfig({
  ssr: { resolve: { conditions: SERVER_CONDITIONS, externalConditions: [CONDITION, "node"] } },
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    pool: "forks",
    execArgv: [`--conditions=${CONDITION}`],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
