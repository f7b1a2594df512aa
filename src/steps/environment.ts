import type { Step } from '../manifest/change.ts';

type Environment = Record<string, string | undefined>;

// NODE_ENV=production would leave out what the scripts of the project need.
const INSTALL = { NODE_ENV: undefined, COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' };

const INSTALLS = new Map<string, Environment>([
  ['npm', { npm_config_fund: 'false', npm_config_audit: 'false', npm_config_loglevel: 'error' }],
  // In CI, pnpm and Yarn refuse to write the lockfile that a new project does not have yet.
  // At the root of a workspace nobody may have told pnpm yet which scripts not to run: it is told.
  ['pnpm', { npm_config_frozen_lockfile: 'false', pnpm_config_strict_dep_builds: 'false' }],
  ['yarn', { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }],
]);

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
export function environment({ kind, command }: Step): Environment {
  if (kind === 'install') return { ...INSTALL, ...INSTALLS.get(command) };
  return gitEnvironment();
}

/** The same for git when it is only asked something. */
export function gitEnvironment(): Environment {
  return Object.fromEntries(GIT.map((name) => [name, undefined]));
}
