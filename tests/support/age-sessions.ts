// Lets every portal session in a running server's database have begun this many minutes ago: MINUTES.
import { z } from "zod";
import { database } from "../../lib/db/client.ts";

const [minutes] = z.tuple([z.coerce.number().positive()]).parse(process.argv.slice(2));
await database().portalSession.updateMany({ data: { createdAt: new Date(Date.now() - minutes * 60_000) } });
process.exit(0);
