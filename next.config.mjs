import { existsSync } from "node:fs";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // What a page needs stands in its head; the same as a header would only be written twice.
  reactMaxHeadersLength: 0,
  // The development server would print what actions are called with: private keys, passphrases, passwords.
  logging: { serverFunctions: false },
  // `npm run check` asks the compiler about all files, these among them; a fresh machine is up half a minute earlier.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Next would load every page before it answers the first one.
    preloadEntriesOnStart: false,
    // The first build would only wait for the cache to be written; those after it gain by it.
    turbopackFileSystemCacheForBuild: existsSync(".next"),
    // Fewer and larger scripts: 15 a page instead of 22, of the same size together, each named several times in the page.
    turbopackChunking: { requestCost: 2_000_000, minChunkSize: 200_000, maxMergeChunkSize: 2_000_000 },
  },
};
export default config;
