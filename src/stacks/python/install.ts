import type { Step } from '../../manifest/change.ts';

/**
 * Installs the dependencies of a project with a pyproject.toml, and writes its uv.lock. Where there is
 * no uv, it comes into the environment of the project, for which Python is enough.
 */
export const install = (): Step => ({
  kind: 'install',
  title: 'Install the dependencies with uv',
  command: 'uv',
  args: ['sync', '--quiet'],
  instead: {
    runs: [
      { command: 'python3', args: ['-m', 'venv', '.venv'] },
      { command: '.venv/bin/pip', args: ['install', '--quiet', 'uv'] },
      { command: '.venv/bin/uv', args: ['sync', '--quiet'] },
    ],
    enter: '. .venv/bin/activate',
  },
});
