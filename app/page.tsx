// The start: leads to the person's first organization, or to the sign-in page.
import { redirect } from "next/navigation";
import { requireSignedIn } from "#lib/auth/portal.ts";
import { listOrganizationsOfUser } from "#lib/organizations/service.ts";

export default async function StartPage(): Promise<never> {
  const { user } = await requireSignedIn();
  const [first] = await listOrganizationsOfUser(user.id);
  redirect(first ? `/orgs/${first.id}/portal` : "/sign-in");
}
