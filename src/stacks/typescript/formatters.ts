import { isDeepStrictEqual } from 'node:util';
import type { Formatter } from '../stack.ts';

/** Biome, and Prettier where a project took it instead; `usual` are the options as rendered. */
export function formattersOf(usual: () => string): Formatter[] {
  return [biome(usual), prettier];
}

/** Where Biome looks for its options, in folders above as well. */
export const biomeFiles = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];

const biome = (usual: () => string): Formatter => ({
  name: 'Biome',
  options: biomeFiles,
  says(_file, text) {
    const options = parsed(text);
    // With comments, or broken: Biome itself knows.
    if (!isObject(options)) return 'own';
    if (isObject(options.formatter) && options.formatter.enabled === false) return 'nothing';
    return isDeepStrictEqual(ofLayout(options), ofLayout(parsed(usual()))) ? 'usual' : 'own';
  },
  heeds: ['.editorconfig'],
  mixed: [],
  programs: ['node_modules/@biomejs/biome/bin/biome'],
  runsOn: 'node',
  // There is no repository where the files are laid out.
  args: ['format', '--write', '--vcs-enabled=false', '--files-ignore-unknown=true', '.'],
});

/** What has nothing to do with the layout of a file. */
const OTHER = new Set(['$schema', 'root', 'vcs', 'files', 'linter', 'assist', 'plugins']);

function ofLayout(options: unknown): unknown {
  if (!isObject(options)) return options;
  const { overrides, ...rest } = withoutOther(options);
  const laid = Array.isArray(overrides) ? overrides.filter(isAboutLayout) : [];
  return laid.length === 0 ? rest : { ...rest, overrides: laid };
}

function withoutOther(options: Record<string, unknown>): Record<string, unknown> {
  const languages = Object.entries(options)
    .filter(([key]) => !OTHER.has(key))
    .map(([key, value]) => [key, isObject(value) ? withoutOther(value) : value] as const)
    .filter(([, value]) => !isObject(value) || Object.keys(value).length > 0);
  return Object.fromEntries(languages);
}

function isAboutLayout(override: unknown): boolean {
  if (!isObject(override)) return true;
  return Object.keys(withoutOther(override)).some((key) => key !== 'includes');
}

const prettierFiles = ['json', 'yaml', 'yml', 'json5', 'js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map(
  (end) => `.prettierrc.${end}`,
);

const prettier: Formatter = {
  name: 'Prettier',
  options: [
    '.prettierrc',
    ...prettierFiles,
    ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((end) => `prettier.config.${end}`),
    'package.json',
  ],
  says(file, text) {
    if (file !== 'package.json') return 'own';
    const { prettier, dependencies, devDependencies } = objectIn(text);
    const names = { ...asObject(dependencies), ...asObject(devDependencies) };
    return prettier !== undefined || 'prettier' in names ? 'own' : 'nothing';
  },
  heeds: ['.editorconfig', '.prettierignore', 'package.json'],
  mixed: ['package.json'],
  programs: ['node_modules/prettier/bin/prettier.cjs'],
  runsOn: 'node',
  args: ['--write', '--ignore-unknown', '--log-level=warn', '.'],
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: unknown) => (isObject(value) ? value : {});
const objectIn = (text: string) => asObject(parsed(text));
