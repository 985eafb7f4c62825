import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const DEBIAN_CHROMIUM = "/usr/bin/chromium";

export default defineConfig({
  testDir: "tests/browser",
  timeout: 90_000,
  workers: 1,
  reporter: [["list"]],
  use: {
    trace: "retain-on-failure",
    launchOptions: {
      ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
      // Chromium's sandbox refuses to run as root, which is what a container usually is.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
