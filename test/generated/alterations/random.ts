import {
  type FieldType,
  fieldTypes,
  isFieldType,
  typeRow,
} from '../../../src/manifest/type-table.ts';
import { postsWith } from './tables.ts';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pairs of fields as they are typed, each with all that its type allows. */
export function randomPairs(seed: number, count: number): [before: string, after: string][] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => {
    const before = randomField(random);
    const isSameType = random() < 0.5;
    return [before, randomField(random, isSameType ? before.split(':')[1] : undefined)];
  });
}

const defaultOf = (type: FieldType) =>
  type === 'string' ? "it's" : type === 'enum' ? 'b' : typeRow(type).example;

function randomField(random: () => number, kept = ''): string {
  const one = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)];
  const some = (word: string, chance: number) => (random() < chance ? [word] : []);
  for (;;) {
    const type = isFieldType(kept) ? kept : (one(fieldTypes) ?? 'string');
    const detail = { enum: one(['a,b', 'a,b,c', 'b,d']), ref: one(['users', 'teams', 'posts']) };
    const kind = type === 'enum' || type === 'ref' ? [type, detail[type]] : [type];
    const modifiers = [
      ...some('list', 0.2),
      ...some('optional', 0.4),
      ...some('unique', 0.2),
      ...some('index', 0.2),
      ...some('filter', 0.2),
      ...some('sort', 0.2),
      ...some(`min=${one([1, 2])}`, 0.3),
      ...some(`max=${one([30, 60])}`, 0.3),
      ...some(`default=${defaultOf(type)}`, 0.3),
    ];
    const name = one(['note', 'note', 'order']);
    const field = [name, ...kind, ...modifiers].join(':');
    if (isValid(field)) return field;
  }
}

/** Which modifiers go together is for the grammar to say. */
export function isValid(field: string): boolean {
  try {
    postsWith([field]);
    return true;
  } catch {
    return false;
  }
}
