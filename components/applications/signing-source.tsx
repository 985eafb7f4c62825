// What an application signs with, and where that is looked after.
import type { ReactElement } from "react";
import { TextLink } from "#components/ui/text-link.tsx";

/** The default, linked to the Signing Key page. */
export function SigningSource({ signingKeyHref }: { signingKeyHref: string }): ReactElement {
  return <TextLink href={signingKeyHref}>Organization signing key (default)</TextLink>;
}
