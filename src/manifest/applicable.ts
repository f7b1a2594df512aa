import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { Manifest } from './manifest.ts';

/** Refuses edits of backend.json that cannot be applied. */
export function refuseImpossible(applied: Manifest, manifest: Manifest): void {
  const problems: Problem[] = [];
  if (applied.stack !== manifest.stack) {
    const found = `\`stack\` was \`${applied.stack}\` and is \`${manifest.stack}\`.`;
    problems.push({ found, expected: 'Expected the same: a project cannot change its stack.' });
  }
  if (applied.auth === 'jwt' && manifest.auth === 'none') {
    const found = '`auth` was `jwt` and is `none`.';
    const expected = 'Expected the accounts to stay, since rows belong to them.';
    problems.push({ found, expected });
  }
  if (problems.length > 0) throw new UserError(problems, 'git checkout backend.json');
}
