/** Names that mean something else in every backend, each with one to take instead. */
export const keptNames: ReadonlyMap<string, string> = new Map([
  ['api', 'apiClients'],
  ['auth', 'logins'],
  ['docs', 'documents'],
  ['health', 'healthChecks'],
  ['idempotency', 'repetitions'],
  ['idempotencyKeys', 'requestKeys'],
  ['me', 'profiles'],
  ['metrics', 'measurements'],
  ['openapi', 'specifications'],
  ['openApi', 'specifications'],
  ['ready', 'readyStates'],
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
