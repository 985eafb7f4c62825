// Nothing to prepare. Without this file Next would take Signet's own, which lies above, and the bare page would not be bare.
export function register() {}
