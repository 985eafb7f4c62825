/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // The development server would print what actions are called with: private keys, passphrases, passwords.
  logging: { serverFunctions: false },
  // Next would load every page before it answers the first one.
  experimental: { preloadEntriesOnStart: false },
};
export default config;
