import type { Step } from '../../manifest/change.ts';

/** What keeps an installation quiet, and lets it write the lock file that a new project lacks. */
const environments: Readonly<Record<string, Record<string, string>>> = {
  npm: { npm_config_fund: 'false', npm_config_audit: 'false', npm_config_loglevel: 'error' },
  // At the root of a workspace nobody may have told pnpm yet which scripts not to run: it is told.
  pnpm: { npm_config_frozen_lockfile: 'false', pnpm_config_strict_dep_builds: 'false' },
  yarn: { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
};

/** Installs the dependencies of a project of npm's kind. */
export function install(packageManager: string): Step {
  return {
    kind: 'install',
    title: `Install the dependencies with ${packageManager}`,
    command: packageManager,
    args: ['install'],
    env: { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...environments[packageManager] },
  };
}
