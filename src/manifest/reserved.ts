const reservedWords: ReadonlySet<string> = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export ' +
    'extends false finally for function if implements import in instanceof interface let new null ' +
    'package private protected public return static super switch this throw true try typeof ' +
    'undefined var void while with yield'
  ).split(' '),
);

/** Names that generated code has in use already, each with one to take instead. */
export const keptNames: ReadonlyMap<string, string> = new Map([
  ['api', 'apiClients'],
  ['arguments', 'parameters'],
  ['auth', 'logins'],
  ['docs', 'documents'],
  ['errorAnswers', 'failures'],
  ['health', 'healthChecks'],
  ['idempotency', 'repetitions'],
  ['idempotencyKeys', 'requestKeys'],
  ['me', 'profiles'],
  ['metrics', 'measurements'],
  ['openapi', 'specifications'],
  ['openApi', 'specifications'],
  ['ready', 'readyStates'],
  ['prototype', 'drafts'],
  ['constructor', 'builders'],
  // Folders and files are called like endpoints, and on Windows none can be called so.
  ['con', 'consoles'],
  ['prn', 'printers'],
  ['aux', 'auxiliaries'],
  ['nul', 'blanks'],
]);

/** A file or folder that Windows takes for a device, whatever its extension is. */
export function isWindowsDevice(name: string): boolean {
  return /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(name);
}

/** A word that TypeScript keeps for itself: no variable can be called so. */
export function isReservedWord(word: string): boolean {
  return reservedWords.has(word);
}

/** A property that every object has already: as a name it would hide or break it. */
export function isObjectProperty(name: string): boolean {
  return name === 'prototype' || Object.hasOwn(Object.prototype, name);
}
