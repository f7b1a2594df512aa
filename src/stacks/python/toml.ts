/** The lines of a table of TOML, without those of the tables in it; those before all for ''. */
export function tableOf(text: string, name: string): string | undefined {
  const parts = text.split(/^\s*\[(?!\[)\s*([\w."-]+)\s*\]\s*(?:#.*)?$/m);
  if (name === '') return parts[0];
  const at = parts.findIndex((part, index) => index % 2 === 1 && part === name);
  return at === -1 ? undefined : parts[at + 1];
}

/** What stands behind a key, if it ends in its line. */
export const settingIn = (table: string, key: string): string | undefined =>
  new RegExp(`^\\s*${key}\\s*=\\s*([^#\\n]*?)\\s*(?:#.*)?$`, 'm').exec(table)?.[1];

/** The texts of an array, on one line or several; none if there is no such key. */
export function textsIn(table: string, key: string): string[] {
  const withoutComments = table.replace(/^((?:[^#\n"']|"[^"\n]*"|'[^'\n]*')*)#.*$/gm, '$1');
  const [, items = ''] =
    new RegExp(`^\\s*${key}\\s*=\\s*\\[([^\\]]*)\\]`, 'm').exec(withoutComments) ?? [];
  return [...items.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, one, other]) => one ?? other ?? '');
}
