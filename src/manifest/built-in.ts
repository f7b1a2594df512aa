/** How `backend.json` writes a field that comes with the accounts. */
export const BUILT_IN = 'built-in';
