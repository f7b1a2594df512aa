import { createHash, randomUUID } from 'node:crypto';
import { oddValues, type Pick } from './fuzz-values.ts';

/** Lists, and what each of them can be sorted by. */
const lists: [path: string, sorts: string[]][] = [
  ['/api/gadgets', ['price', 'at', 'createdAt']],
  ['/api/articles', ['createdAt']],
  ['/api/users', ['createdAt']],
];

/** A list with a cursor that is sealed as its own would be, whatever is in it. */
export function forgedPage(pick: Pick, ids: readonly string[]): string {
  const [path, sorts] = pick(lists);
  const list = { sortBy: pick(sorts), sortOrder: pick(['asc', 'desc']) };
  const value = pick(oddValues);
  const id = pick([...ids, randomUUID(), pick(oddValues)]);
  const seal = createHash('sha256').update(JSON.stringify([list, value, id]));
  const cursor = JSON.stringify({ value, id, seal: seal.digest('base64url') });
  const query = { ...list, cursor: Buffer.from(cursor).toString('base64url') };
  return `${path}?${new URLSearchParams(query)}`;
}
