/** What PCRE reads as something else than itself, outside of and inside brackets. */
const special = /[\\^$.|?*+()[\]{}#\s-]/g;

/** A text as a pattern of PCRE that stands for itself. */
export const quotePattern = (value: string): string => value.replace(special, "\\$&");
