import { UserError } from '../manifest/errors.ts';
import { shellWord } from '../manifest/shell.ts';
import { MANIFEST } from '../project/find-project.ts';
import type { CheckedOut } from '../steps/check-out.ts';

type Missing = Extract<CheckedOut, { status: 'missing' }>;
type MissingRevision = Extract<Missing, { what: 'revision' }>;

/** Why there are no files of a revision, and the command that helps. */
export function notCheckedOut(revision: string, missing: Missing): UserError {
  if (missing.what === 'revision') return notFound(revision, missing);
  const [found, expected, command] = {
    git: ['git was not found.', 'Expected it to be installed.', 'git --version'] as const,
    repository: [
      'This project is in no git repository, or git refuses to read it.',
      'Expected a repository with the revision to compare with.',
      'git status',
    ] as const,
    folder: [
      `There is no ${MANIFEST} in this folder in \`${revision}\`.`,
      'Expected a revision that has this project.',
      `git log --oneline -- ${MANIFEST}`,
    ] as const,
  }[missing.what];
  return new UserError([{ found, expected }], command);
}

function notFound(revision: string, { isShallow, remotes }: MissingRevision): UserError {
  const found = isShallow
    ? `There is no \`${revision}\` here: only some commits of this repository were fetched.`
    : `There is no \`${revision}\` in this repository.`;
  const expected = 'Expected a commit, a branch or a tag that was fetched.';
  const [remote = '', ...path] = revision.split('/');
  if (path.length === 0 || !remotes.includes(remote)) {
    const command = isShallow ? 'git fetch --unshallow --tags' : 'git fetch --tags';
    return new UserError([{ found, expected }], command);
  }
  const branch = path.join('/');
  const refs = shellWord(`${branch}:refs/remotes/${remote}/${branch}`);
  const command = `git fetch ${isShallow ? '--depth=1 ' : ''}${shellWord(remote)} ${refs}`;
  return new UserError([{ found, expected }], command);
}
