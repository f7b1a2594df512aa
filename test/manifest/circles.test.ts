import { describe, expect, it } from 'vitest';
import { circularRefs } from '../../src/manifest/circles.ts';
import type { Field } from '../../src/manifest/field.ts';
import type { Endpoint } from '../../src/manifest/manifest.ts';
import { findAffected } from '../../src/plan/affected.ts';
import { emptyManifest } from '../stacks/manifests.ts';

/** `as: 'bs cs'` refers to both, each by an optional field of its name. */
function endpoints(refs: Record<string, string>): Record<string, Endpoint> {
  const fieldsOf = (targets: string): Record<string, Field> =>
    Object.fromEntries(
      targets.split(' ').map((to) => [`to${to}`, { type: 'ref', to, optional: true }]),
    );
  return Object.fromEntries(
    Object.entries(refs).map(([name, targets]) => [
      name,
      { fields: targets === '' ? {} : fieldsOf(targets), pagination: 'cursor' },
    ]),
  );
}

describe('the references that lead back', () => {
  it.each([
    ['one to itself', { as: 'as bs', bs: '' }, 'toas'],
    ['one of a circle of two', { as: 'bs', bs: 'as' }, 'tobs'],
    ['one of a circle of three', { as: 'bs', bs: 'cs', cs: 'as' }, 'tobs'],
    ['those of two circles', { as: 'bs cs', bs: 'as', cs: 'as' }, 'tobs,tocs'],
    ['none that leads into a circle of others', { as: 'bs', bs: 'cs', cs: 'bs' }, ''],
    ['none where all end', { as: 'bs cs', bs: 'cs', cs: '' }, ''],
    ['none to an endpoint that is not there', { as: 'bs' }, ''],
  ])('are %s', (_case, refs, expected) => {
    expect(circularRefs('as', endpoints(refs)).join()).toBe(expected);
  });
});

describe('a circle that is closed far away', () => {
  it('changes every endpoint of it, and opening it does as well', () => {
    const [open, closed] = ['', 'as'].map((last) => ({
      ...emptyManifest,
      endpoints: endpoints({ as: 'bs', bs: 'cs', cs: last, ds: 'as' }),
    }));
    if (!open || !closed) throw new Error('there are two');
    expect(findAffected(open, closed, {}).changed).toEqual(['as', 'bs', 'cs']);
    expect(findAffected(closed, open, {}).changed).toEqual(['as', 'bs', 'cs']);
  });
});
