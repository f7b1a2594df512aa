/** The templates of a stack, compiled by the build from the folder `templates/<stack>/<part>`. */
declare module 'templates:*' {
  export const templates: import('./stack.ts').Template[];
}
/** The texts of the same folder, as they were written. */
declare module 'sources:*' {
  export const sources: import('./stack.ts').Original[];
}
