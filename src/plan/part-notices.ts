import type { Notice } from '../manifest/change.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Stack } from '../stacks/stack.ts';

type Compared = { before: Manifest; after: Manifest; stack: Stack };

/** How accounts that come into a project get parts, where backend.json names none. */
export function partNotices({ before, after, stack }: Compared): Notice[] {
  const parts = stack.rules.accounts;
  const isNew = before.auth === 'none' && after.auth === 'jwt';
  if (!isNew || after.accounts !== undefined || parts.length === 0) return [];
  const line = `"accounts": [${parts.map((part) => `"${part}"`).join(', ')}]`;
  const message = `The accounts have no parts. Add \`${line}\`, or some of them, and run \`gen apply\`.`;
  return [{ kind: 'note', path: 'backend.json', message }];
}
