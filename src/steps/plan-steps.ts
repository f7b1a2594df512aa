import type { Step } from '../manifest/change.ts';

/** Puts a new project under version control; not for a folder that already is (`isInsideGit`). */
export function gitSteps(): Step[] {
  return [
    git('Start a git repository', ['init', '-b', 'main']),
    git('Add every file to it', ['add', '--all']),
    git('Commit them', ['commit', '-m', 'Create the project']),
  ];
}

const git = (title: string, args: string[]): Step => ({ kind: 'git', title, command: 'git', args });
