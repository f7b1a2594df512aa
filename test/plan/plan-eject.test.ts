import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { changedOriginals, isCopy, parseEjected, planEject } from '../../src/plan/plan-eject.ts';
import { apply, filesOf, type Texts } from './virtual.ts';

const folder = '.backend/templates/endpoint';
const record = '.backend/templates/ejected.json';
const originals = [
  { path: 'a.ts.hbs', text: 'a' },
  { path: 'b.ts.hbs', text: 'b' },
];
const later = [{ path: 'a.ts.hbs', text: 'a2' }];
const [a, b] = [`${folder}/a.ts.hbs`, `${folder}/b.ts.hbs`];

const eject = (texts: Texts, from = originals, force = false) => {
  const { changes, notices } = planEject(from, filesOf(texts), force);
  return { texts: apply(texts, changes), notices };
};
const changed = (texts: Texts, from = originals) =>
  changedOriginals(parseEjected(texts[record]), from);

describe('ejected templates', () => {
  const { texts } = eject({});

  it('are the originals, and none has changed', () => {
    expect(texts).toMatchObject({ [a]: 'a', [b]: 'b' });
    expect(changed(texts)).toEqual([]);
  });

  it('are copies until they are edited', () => {
    const ejected = parseEjected(texts[record]);
    expect(isCopy(ejected, 'a.ts.hbs', 'a')).toBe(true);
    expect(isCopy(ejected, 'a.ts.hbs', 'mine')).toBe(false);
    expect(isCopy(ejected, 'mine.ts.hbs', 'mine')).toBe(false);
  });

  it('are named where their original is another now, or gone', () => {
    expect(changed(texts, later)).toEqual([a, b]);
    expect(changed({ ...texts, [a]: 'mine' }, [...later, ...originals.slice(1)])).toEqual([a]);
  });

  it('follow their originals when they are ejected again, unless they were edited', () => {
    expect(eject(texts, later).texts).toMatchObject({ [a]: 'a2', [b]: 'b' });
    const mine = { ...texts, [a]: 'mine' };
    const again = eject(mine, later);
    expect(again.texts[a]).toBe('mine');
    expect(again.notices).toEqual([
      {
        kind: 'kept',
        path: a,
        message: 'it has your edits, and its original has changed: --force --diff shows both',
      },
    ]);
    expect(eject(mine, later, true).texts[a]).toBe('a2');
  });

  it('count as seen once they were ejected again', () => {
    const { texts: seen } = eject({ ...texts, [a]: 'mine' }, later);
    expect(changed(seen, later)).toEqual([]);
  });

  it('come back when they were deleted', () => {
    const { [a]: _, ...rest } = texts;
    expect(eject(rest).texts).toEqual(texts);
  });

  it('are refused with a record that gen did not write', () => {
    expect(() => parseEjected('{"endpoint":1}')).toThrow(UserError);
  });
});
