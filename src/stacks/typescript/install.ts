import type { Step } from '../../manifest/change.ts';

/** Settings for a quiet installation that may write the missing lock file, in CI as well. */
const environments: Readonly<Record<string, Record<string, string>>> = {
  npm: { npm_config_fund: 'false', npm_config_audit: 'false', npm_config_loglevel: 'error' },
  // pnpm 10 reads npm_config_…, later versions read only pnpm_config_….
  // The root of a workspace may not say yet which build scripts to skip.
  pnpm: {
    npm_config_frozen_lockfile: 'false',
    pnpm_config_frozen_lockfile: 'false',
    pnpm_config_strict_dep_builds: 'false',
  },
  yarn: { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
};

/** Installs the dependencies of a project with a package.json. */
export function install(packageManager: string): Step {
  return {
    kind: 'install',
    title: `Install the dependencies with ${packageManager}`,
    command: packageManager,
    args: ['install'],
    env: { COREPACK_ENABLE_DOWNLOAD_PROMPT: '0', ...environments[packageManager] },
  };
}
