import type { ResourceNames } from '../manifest/names.ts';
import { formsOf } from './words.ts';

/** Lines without the names of an endpoint, so that those of two endpoints can be compared. */
export function masked(lines: readonly string[], names: ResourceNames): string[] {
  const { Plural, plural, path, table, humanPlural } = names;
  const { Singular, singular, column, humanSingular } = names;
  const many = formsOf(Plural, [plural, path, table, humanPlural]);
  const one = formsOf(Singular, [singular, column, humanSingular]);
  return lines.map((line) =>
    line
      .replace(many, '\0s')
      .replace(one, '\0')
      // The article depends on the name.
      .replace(/\b([Aa])n(?= \0)/g, '$1'),
  );
}
