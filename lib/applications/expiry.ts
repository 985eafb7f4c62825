// How long tokens may live: bounds and defaults, which the form shows and the schema checks.

/** The life of an access token, and of an ID token, in seconds. */
export const TOKEN_EXPIRY_SECONDS = { minimum: 1, maximum: 86_400, default: 3600 } as const;

/** How long refresh tokens keep a sign-in alive, in seconds from its start; by default 7 days. */
export const REFRESH_TOKEN_EXPIRY_SECONDS = { minimum: 60, maximum: 31_536_000, default: 604_800 } as const;
