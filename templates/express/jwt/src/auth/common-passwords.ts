/** Placeholder. */
export const commonPasswords: ReadonlySet<string> = new Set(['password1234']);
