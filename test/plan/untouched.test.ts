import { describe, expect, it } from 'vitest';
import { planSides } from '../../src/plan/plan-sides.ts';
import { express } from '../../src/stacks/express/express.ts';
import { syntaxOf } from '../../src/stacks/typescript/syntax.ts';
import { manifestWith } from '../stacks/manifests.ts';

const path = 'src/modules/posts/posts.test.ts';
const rendered = (...fields: string[]) =>
  express
    .renderEndpoint(manifestWith({ name: 'posts', fields }), 'posts')
    .find((file) => file.path === path)?.content ?? '';

/** One branch renamed a field, the other added one, and backend.json has them in another order. */
const ours = rendered(
  'price:boolean:default=false:filter',
  'mail:string:optional',
  'state:integer',
);
const theirs = rendered('cost:boolean:default=false:filter', 'mail:string:optional');
const generated = rendered(
  'mail:string:optional',
  'state:integer',
  'cost:boolean:default=false:filter',
);

const between = (one: string, other: string) =>
  `<<<<<<< HEAD\n${one}=======\n${other}>>>>>>> left\n`;

const plan = async (yours: string) =>
  planSides(
    { path, bases: [ours, theirs], yours, generated },
    { force: false, isSound: await express.soundness(), syntaxOf, layOut: (_path, text) => text },
  );

describe('a file of a merge that cannot be merged by its lines', () => {
  it('is written as it is generated where nobody edited it', async () => {
    const [file] = await plan(between(ours, theirs));
    expect(file).toMatchObject({ change: { kind: 'update', content: generated } });
  });

  it('is written as it is generated where git took lines out that it needs again', async () => {
    const used = /^ {2}fillsIn,\n/m;
    const without = (text: string) => text.replace(used, '');
    const bases = [ours, without(theirs)];
    const yours = between(without(ours), without(theirs));
    const [file] = planSides(
      { path, bases, yours, generated },
      { force: false, isSound: await express.soundness(), syntaxOf, layOut: (_path, text) => text },
    );
    expect(generated).toMatch(used);
    expect(file).toMatchObject({ change: { kind: 'update', content: generated } });
  });

  it.each([
    ['a line of their own', (text: string) => `${text}// of a person\n`],
    ['a line that they changed', (text: string) => text.replace("'/api/posts'", "'/api/other'")],
    ['a line that they took out', (text: string) => text.replace('  knowsStates(endpoint);\n', '')],
    [
      'lines in another order',
      (text: string) =>
        text.replace(/( {2}refusesOtherEnvelopes.*\n)( {2}refusesWhatTheServerSets.*\n)/, '$2$1'),
    ],
  ])('is no pristine one with %s: nothing of it gets lost', async (_, edit) => {
    expect(edit(ours)).not.toBe(ours);
    const [file] = await plan(between(edit(ours), edit(theirs)));
    if (file?.status !== 'change')
      return expect(file).toMatchObject({ notice: { kind: 'conflict' } });
    const { change } = file;
    expect(change.kind === 'update' && change.content).not.toBe(generated);
  });
});
