// What keeps a browser from changing text that programs compare letter by letter: ids, URLs, PEM.

/** Attributes of such an input. */
export const verbatim = { autoComplete: "off", autoCapitalize: "none", autoCorrect: "off", spellCheck: false } as const;
