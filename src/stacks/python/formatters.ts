import type { Formatter } from '../stack.ts';

/** The files of Ruff alone, which it also looks for in folders above. */
export const ruffFiles = ['ruff.toml', '.ruff.toml'];

const PROJECT = 'pyproject.toml';

/** The length of lines in everything that is rendered. */
const usualLength = '100';

const ruff: Formatter = {
  name: 'Ruff',
  options: [...ruffFiles, PROJECT],
  says(file, text) {
    const start = file === PROJECT ? 'tool.ruff' : '';
    const options = tableOf(text, start);
    if (options === undefined) return 'nothing';
    const format = tableOf(text, start === '' ? 'format' : `${start}.format`) ?? '';
    const isUsual =
      settingIn(options, 'line-length') === usualLength &&
      ['indent-width', 'extend'].every((key) => settingIn(options, key) === undefined) &&
      !/^\s*[\w.-]+\s*=/m.test(format);
    return isUsual ? 'usual' : 'own';
  },
  heeds: [],
  mixed: [PROJECT],
  programs: ['.venv/bin/ruff', '.venv/Scripts/ruff.exe'],
  runsOn: 'itself',
  args: ['format', '--quiet', '--no-cache', '.'],
};

const black: Formatter = {
  name: 'Black',
  options: [PROJECT],
  says: (_file, text) => (tableOf(text, 'tool.black') === undefined ? 'nothing' : 'own'),
  heeds: [],
  mixed: [PROJECT],
  programs: ['.venv/bin/black', '.venv/Scripts/black.exe'],
  runsOn: 'itself',
  args: ['--quiet', '.'],
};

/** Black if a project uses it, or else Ruff. */
export const formatters: readonly Formatter[] = [black, ruff];

/** The lines of a table of TOML, without those of the tables in it; those before all for ''. */
function tableOf(text: string, name: string): string | undefined {
  const parts = text.split(/^\s*\[(?!\[)\s*([\w."-]+)\s*\]\s*(?:#.*)?$/m);
  if (name === '') return parts[0];
  const at = parts.findIndex((part, index) => index % 2 === 1 && part === name);
  return at === -1 ? undefined : parts[at + 1];
}

const settingIn = (table: string, key: string) =>
  new RegExp(`^\\s*${key}\\s*=\\s*([^#\\n]*?)\\s*(?:#.*)?$`, 'm').exec(table)?.[1];
