import type { Step } from '../manifest/change.ts';

/** Puts a new project under version control, unless its folder already is (`isInsideGit`). */
export function gitSteps(): Step[] {
  return [
    git('Create a git repository', ['init', '-b', 'main']),
    git('Add all files', ['add', '--all']),
    git('Commit them', ['commit', '-m', 'Create the project']),
  ];
}

const git = (title: string, args: string[]): Step => ({ kind: 'git', title, command: 'git', args });
