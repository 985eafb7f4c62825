import { defineConfig } from "prisma/config";

// Clients are generated without the schema engine's binary, which cannot be downloaded everywhere; migrations use its WebAssembly build.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma" });
