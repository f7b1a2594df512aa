/** The reserved words of TypeScript, which no variable can have as its name. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export ' +
    'extends false finally for function if implements import in instanceof interface let new null ' +
    'package private protected public return static super switch this throw true try typeof ' +
    'undefined var void while with yield'
  ).split(' '),
);

/** Names that mean something else in a JavaScript module, each with an alternative. */
export const keptNames: ReadonlyMap<string, string> = new Map([
  ['arguments', 'parameters'],
  ['prototype', 'drafts'],
  ['constructor', 'builders'],
]);

/** Whether every object has a property of that name already, which it would hide or break. */
export function isObjectProperty(name: string): boolean {
  return name === 'prototype' || Object.hasOwn(Object.prototype, name);
}
