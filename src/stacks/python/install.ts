import type { Step } from '../../manifest/change.ts';

/** Installs the dependencies of a project with a pyproject.toml, and writes its uv.lock. */
export const install = (): Step => ({
  kind: 'install',
  title: 'Install the dependencies with uv',
  command: 'uv',
  args: ['sync', '--quiet'],
});
