// The start: leads to the person's first organization, or to the sign-in page.
import { redirect } from "next/navigation";
import { requireSignedIn } from "#lib/auth/portal.ts";

export default async function StartPage(): Promise<never> {
  const [first] = (await requireSignedIn()).memberships;
  redirect(first ? `/orgs/${first.organizationId}/portal` : "/sign-in");
}
