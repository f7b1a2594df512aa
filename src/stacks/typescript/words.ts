/** The words that TypeScript keeps for itself: no variable can be called so. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export ' +
    'extends false finally for function if implements import in instanceof interface let new null ' +
    'package private protected public return static super switch this throw true try typeof ' +
    'undefined var void while with yield'
  ).split(' '),
);

/** Names that stand for something else in a module of JavaScript, each with one to take instead. */
export const keptNames: ReadonlyMap<string, string> = new Map([
  ['arguments', 'parameters'],
  ['prototype', 'drafts'],
  ['constructor', 'builders'],
]);

/** A property that every object has already: as a name it would hide or break it. */
export function isObjectProperty(name: string): boolean {
  return name === 'prototype' || Object.hasOwn(Object.prototype, name);
}
