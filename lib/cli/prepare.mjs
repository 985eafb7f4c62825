// Brings the checkout to where `npm run dev` and `npm run build` can start: packages and database clients.
import { generateClients, installPackages } from "./installation.mjs";

installPackages();
generateClients();
