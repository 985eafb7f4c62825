// Fills an organization with copies of its one certificate under names of their own. Arguments: organization, how many.
import { database } from "../../lib/db/client.ts";

const CHUNK = 500;
const [organizationId = "", wanted = "0"] = process.argv.slice(2);
const one = await database().certificate.findFirstOrThrow({ where: { organizationId } });
for (let first = 1; first < Number(wanted); first += CHUNK) {
  const numbers = Array.from({ length: Math.min(CHUNK, Number(wanted) - first) }, (_, index) => first + index);
  await database().certificate.createMany({
    data: numbers.map((number) => {
      const name = `Service ${String((number * 7919) % 100_000).padStart(5, "0")}`;
      const searchText = `${name}\n${name}.acme.example`.toLowerCase();
      const notAfter = new Date(one.notAfter.getTime() - number * 60_000);
      const id = crypto.randomUUID();
      return { ...one, id, name, sortName: name.toLowerCase(), searchText, notAfter, fingerprintSha256: id };
    }),
  });
}
process.exit(0);
