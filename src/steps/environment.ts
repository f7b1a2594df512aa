import type { Step } from '../manifest/change.ts';

type Environment = Record<string, string | undefined>;

// NODE_ENV=production would leave out what the scripts of the project need.
const INSTALL = { NODE_ENV: undefined };

// Set when a git hook started us; with them git would work on the repository of the hook.
const GIT = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

/** What differs from our own environment when a step runs; undefined takes a variable away. */
export function environment({ kind, env }: Step): Environment {
  return { ...(kind === 'install' ? INSTALL : gitEnvironment()), ...env };
}

/** The same for git when it is only asked something. */
export function gitEnvironment(): Environment {
  return Object.fromEntries(GIT.map((name) => [name, undefined]));
}
