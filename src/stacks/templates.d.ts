/**
 * The templates of a stack, compiled by the build from the folder `templates/<stack>/<part>`, and what
 * the folder adds to those of other parts.
 */
declare module 'templates:*' {
  export const templates: import('./template.ts').Template[];
  export const additions: import('./template.ts').Addition[];
}
/** The texts of the same folder, as they were written. */
declare module 'sources:*' {
  export const sources: import('./template.ts').Original[];
}
