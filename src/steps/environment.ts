import type { Step } from '../manifest/change.ts';

type Environment = Record<string, string | undefined>;

// NODE_ENV=production would leave out the development dependencies.
const INSTALL = { NODE_ENV: undefined };

// Set inside of a git hook; with them git would work on the repository of the hook.
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

/** The differences between our environment and that of a step; undefined removes a variable. */
export function environment({ kind, env }: Step): Environment {
  return { ...(kind === 'install' ? INSTALL : gitEnvironment()), ...env };
}

/** The same for git when it only reads. */
export function gitEnvironment(): Environment {
  return Object.fromEntries(GIT.map((name) => [name, undefined]));
}
