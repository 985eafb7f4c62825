// Adds a person to an organization of a running server's database and prints the first password: ORGANIZATION EMAIL ROLE.
import { z } from "zod";
import { PERMISSIONS, ROLES } from "../../lib/auth/permissions.ts";
import { addMember } from "../../lib/organizations/service.ts";

const [organizationId, email, role] = z.tuple([z.string(), z.email(), z.enum(ROLES)]).parse(process.argv.slice(2));
const added = await addMember(
  {
    type: "system",
    id: "tests",
    name: "tests",
    userId: null,
    role: null,
    organizationId,
    permissions: new Set(PERMISSIONS),
    address: null,
    requestId: "tests",
  },
  { email, role, name: email },
);
process.stdout.write(`${added.initial_password}\n`);
process.exit(0);
