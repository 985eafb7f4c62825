// Builds everything that `npm start` runs: database clients, the portal (Next), and the bundles in dist/.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { generateClients, stampBuild } from "./installation.mjs";

const ENTRIES = {
  server: "server.ts",
  portal: "lib/portal/process.ts",
  signet: "lib/cli/signet.ts",
  seed: "prisma/seed.ts",
  "key-generator": "lib/crypto/key-generator.ts",
};

function run(program, ...words) {
  execFileSync(process.execPath, [program, ...words], {
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
}

if (!process.argv.includes("--bundles-only")) {
  generateClients();
  run("node_modules/next/dist/bin/next", "build");
}
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: ENTRIES,
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Packages are bundled too, which halves the time to the first answer; these load binaries or files of their own.
  external: [
    "next",
    "libsql",
    "@peculiar/x509",
    "reflect-metadata",
    "@prisma/schema-engine-wasm",
    "pg-native",
    "cloudflare:sockets",
  ],
  banner: {
    js: 'import { createRequire as bannerRequire } from "node:module"; const require = bannerRequire(import.meta.url);',
  },
  minifySyntax: true,
  minifyWhitespace: true,
  conditions: ["react-server"],
  alias: { "server-only": "./node_modules/server-only/empty.js" },
  chunkNames: "chunks/[name]-[hash]",
  sourcemap: "linked",
  logLevel: "warning",
});
stampBuild();
