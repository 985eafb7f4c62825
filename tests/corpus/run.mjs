// npm run corpus: real keys and certificates from well-known projects, each with what it should get; SIGNET_CORPUS names another archive.
import { buildIfStale, generateClients, installPackages, run } from "../../lib/cli/installation.mjs";

installPackages();
generateClients();
buildIfStale();
run(process.execPath, ["--conditions=react-server", "--import", "tsx", "tests/corpus/corpus.ts"], {
  explain: "some uploads were not answered as expected",
});
