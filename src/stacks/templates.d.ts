/** The texts of the same folder, as they were written. */
declare module 'sources:express/resource' {
  export const sources: { path: string; text: string }[];
}
/** The templates of a stack, compiled by the build from the folder `templates/<stack>/<part>`. */
declare module 'templates:express/project' {
  export const templates: import('./stack.ts').Template[];
}
declare module 'templates:express/jwt' {
  export const templates: import('./stack.ts').Template[];
}
declare module 'templates:express/secrets' {
  export const templates: import('./stack.ts').Template[];
}
declare module 'templates:express/resource' {
  export const templates: import('./stack.ts').Template[];
}
declare module 'templates:express/migration' {
  export const templates: import('./stack.ts').Template[];
}
