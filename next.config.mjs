/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // The development server would print what actions are called with: private keys, passphrases, passwords.
  logging: { serverFunctions: false },
};
export default config;
