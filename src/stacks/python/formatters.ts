import type { Formatter } from '../stack.ts';
import { settingIn, tableOf } from './toml.ts';

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
