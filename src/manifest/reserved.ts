/** Names that mean something else in every backend, each with an alternative. */
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
  // Endpoints name folders and files, and Windows does not allow these.
  ['con', 'consoles'],
  ['prn', 'printers'],
  ['aux', 'auxiliaries'],
  ['nul', 'blanks'],
]);

/** Whether Windows takes a name for a device, whatever its extension is. */
export function isWindowsDevice(name: string): boolean {
  return /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(name);
}
