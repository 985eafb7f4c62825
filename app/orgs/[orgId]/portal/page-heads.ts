// What stands above pages, for the pages and for the titles of their tabs.

/** By page. */
export const pageHeads = {
  applications: {
    title: "Applications",
    description: "Programs that get tokens by OpenID Connect, and service providers that people sign in to by SAML.",
  },
  newApplication: {
    title: "New application",
    eyebrow: "Applications",
  },
  signingKey: {
    title: "Signing Key",
    eyebrow: "Security",
    description:
      "Signs this organization's tokens, and SAML assertions by default. Rotate it without surprise: the next key is published before it signs.",
  },
  certificates: {
    title: "Certificates",
    eyebrow: "Security",
    description: "Keys of their own, for applications whose verifiers pin what they trust.",
  },
  newCertificate: {
    title: "Generate certificate",
    eyebrow: "Certificates",
    description: "A new key pair with a certificate that it signs itself. The private key is sealed and never leaves.",
  },
  uploadCertificate: {
    title: "Upload certificate",
    eyebrow: "Certificates",
    description: "A pair that your own PKI issued. You see what was read from it before anything is stored.",
  },
  sessions: {
    title: "Sessions",
    description:
      "Who is signed in to which application, and which clients hold tokens: what keeps a signing key needed.",
  },
} as const;
