import { describe, expect, it } from 'vitest';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { parseRemoval } from '../../src/manifest/removal.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { refusal, wordsOf } from './refusal.ts';

const { rules } = stacks.express;
const people = { name: 'people', fields: ['name'] };
const teams = { name: 'teams', fields: ['name', 'lead:ref:people:optional'] };
const posts = { name: 'posts', fields: ['title', 'author:ref:people', 'editor:ref:people'] };
const links = { name: 'links', fields: ['from:ref:people'] };
const notes = { name: 'notes', fields: ['text', 'person:ref:people'], under: 'people' };
const marks = { name: 'marks', fields: ['note:ref:notes', 'score:integer'] };

/** The manifest once commands were carried out, one after another. */
function carriedOut(commands: string, manifest: Manifest): Manifest {
  return commands.split(' && ').reduce((before, command) => {
    const [what, endpoint = '', ...words] = wordsOf(command);
    if (what === 'endpoint') return parseRemoval(endpoint, before, rules).after;
    const names = words.filter((word) => word !== '--force');
    return parseFieldChange({ kind: 'remove', endpoint, names }, before, rules).after;
  }, manifest);
}

describe('an endpoint that others refer to', () => {
  it.each([
    ['by one field', [teams], ['gen field remove teams lead --force']],
    [
      'by several, of several endpoints',
      [teams, posts],
      ['gen field remove teams lead --force', 'gen field remove posts author editor --force'],
    ],
    ['by the only field', [links], ['gen remove endpoint links --force']],
    ['from under it', [notes], ['gen remove endpoint notes --force']],
    [
      'from under it, and is referred to itself',
      [notes, marks],
      ['gen field remove marks note --force', 'gen remove endpoint notes --force'],
    ],
  ])('%s: every reference is told, and the commands that work', (_, others, first) => {
    const manifest = manifestWith(people, ...others);
    const { problems, command } = refusal(() => parseRemoval('people', manifest, rules));
    const refs = others.flatMap(({ name, fields }) =>
      fields.flatMap((field) =>
        field.includes(':ref:people') ? [`\`${field.split(':')[0]}\` of \`${name}\``] : [],
      ),
    );
    expect(problems.map(({ found }) => found)).toEqual(
      refs.map((ref) => `${ref} refers to \`people\`.`),
    );
    expect(command).toBe([...first, 'gen remove endpoint people --force'].join(' && '));
    expect(carriedOut(command, manifest).endpoints).not.toHaveProperty('people');
  });

  it('in a circle of nothing else: no command is told that would be refused', () => {
    const manifest = manifestWith(
      { name: 'as', fields: ['text'] },
      { name: 'bs', fields: ['a:ref:as'] },
    );
    const circle: Manifest = {
      ...manifest,
      endpoints: {
        ...manifest.endpoints,
        as: { fields: { b: { type: 'ref', to: 'bs', optional: true } }, pagination: 'cursor' },
      },
    };
    expect(refusal(() => parseRemoval('as', circle, rules)).command).toBe(
      'gen remove endpoint --help',
    );
  });
});
