import type { Step } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** Installs the dependencies; what keeps it quiet is the environment that `runSteps` gives it. */
export function installStep(packageManager: Manifest['packageManager']): Step {
  return {
    kind: 'install',
    title: `Install the dependencies with ${packageManager}`,
    command: packageManager,
    args: ['install'],
  };
}

/** Puts a new project under version control; not for a folder that already is (`isInsideGit`). */
export function gitSteps(): Step[] {
  return [
    git('Start a git repository', ['init', '-b', 'main']),
    git('Add every file to it', ['add', '--all']),
    git('Commit them', ['commit', '-m', 'Create the project']),
  ];
}

const git = (title: string, args: string[]): Step => ({ kind: 'git', title, command: 'git', args });
