import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files of test/generated that take minutes, the longest first. */
const long = [
  'accounts',
  'first-minutes',
  'collections',
  'fastapi',
  'browser-accounts',
  'graphql',
  'documents-agree',
  'client',
  'alterations',
  'mail',
  'users',
  'upgrade',
  'graphql-fastapi',
  'oidc',
  'contract',
  'agents',
];

const placeOf = ({ moduleId }: TestSpecification) => {
  const place = long.findIndex((name) => moduleId.endsWith(`/test/generated/${name}.test.ts`));
  return place === -1 ? long.length : place;
};

/** The order of the files: none that takes minutes is left to run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
