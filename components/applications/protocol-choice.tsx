// The first decision of a new application: OIDC or SAML.
"use client";

import type { ReactElement } from "react";
import { RadioCards } from "#components/applications/radio-cards.tsx";

type Protocol = "oidc" | "saml";

type ProtocolChoiceProps = { value: Protocol; onChange: (protocol: Protocol) => void };

const choices = [
  { value: "oidc", label: "OpenID Connect", note: "A program that people sign in to, or that gets tokens by itself." },
  { value: "saml", label: "SAML 2.0", note: "A service provider that people sign in to." },
] as const;

/** Two radio buttons with what each protocol is for. */
export function ProtocolChoice({ value, onChange }: ProtocolChoiceProps): ReactElement {
  return <RadioCards legend="Protocol" options={choices} value={value} onChange={onChange} />;
}
