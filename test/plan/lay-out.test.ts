import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/manifest/change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import type { ProjectChange } from '../../src/plan/plan-change.ts';
import { readStatus } from '../../src/plan/status.ts';
import { express } from '../../src/stacks/express/express.ts';
import { inLayout } from '../../src/stacks/in-layout.ts';
import { emptyManifest, manifestWith } from '../stacks/manifests.ts';
import { apply, filesOf, plan, projectOf, type Texts } from './virtual.ts';

/** A formatter that indents by tabs. */
const byTabs = (_path: string, text: string) =>
  text.replace(/^( {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));
const stack = inLayout(express, byTabs);

const one = manifestWith({ name: 'posts', fields: ['title:string'] });
const two = manifestWith({ name: 'posts', fields: ['title:string', 'views:integer'] });
const folder = 'src/modules/posts';

const laidOut = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      /json$/.test(path) ? text : byTabs(path, text),
    ]),
  );

const spaced = ({ changes }: Plan) =>
  changes
    .filter(({ path, kind }) => kind !== 'delete' && !/json$/.test(path))
    .filter((change) => 'content' in change && /^ {2}\w/m.test(String(change.content)))
    .map(({ path }) => path);

async function grown(
  texts: Texts,
  before: Manifest,
  after: Manifest,
  more: Partial<ProjectChange> = {},
) {
  const planned = await plan(texts, { before, after, stack, command: 'gen', ...more });
  return { planned, texts: apply(texts, planned.changes) };
}

describe('in a project with a layout of its own', () => {
  const fresh = laidOut(projectOf(emptyManifest));

  it('whatever is written has it, migrations and shared files too', async () => {
    const { planned, texts } = await grown(fresh, emptyManifest, one);
    expect(spaced(planned)).toEqual([]);
    expect(planned.changes.map(({ path }) => path)).toContain('src/routes.ts');
    const next = await grown(texts, one, two);
    expect(spaced(next.planned)).toEqual([]);
    expect(next.planned.changes.some(({ path }) => path.startsWith(express.migrations))).toBe(true);
  });

  it('edits are merged in it, without conflicts', async () => {
    const { texts } = await grown(fresh, emptyManifest, one);
    const path = `${folder}/posts.schema.ts`;
    const edited = (texts[path] ?? '').replace('\ttitle:', '\t// Mine.\n\ttitle:');
    expect(edited).not.toBe(texts[path]);
    const { planned, texts: after } = await grown({ ...texts, [path]: edited }, one, two);
    expect(planned.notices.filter(({ kind }) => kind === 'conflict')).toEqual([]);
    expect(after[path]).toContain('\t// Mine.\n\ttitle:');
    expect(after[path]).toContain('\tviews:');
  });

  it('a file that does not have it yet gets it with the next change, if it has no edits', async () => {
    const plain = (await plan(projectOf(emptyManifest))).changes;
    const texts = apply(projectOf(emptyManifest), plain);
    const { planned } = await grown(texts, one, two);
    expect(spaced(planned).filter((path) => path.startsWith(folder))).toEqual([]);
    expect(planned.notices.filter(({ kind }) => kind === 'conflict')).toEqual([]);
  });

  it.each([
    ['with it', laidOut],
    ['without it', (texts: Texts) => texts],
  ])('a file %s is no edit', async (_, layOutAll) => {
    const plain = (await plan(projectOf(emptyManifest))).changes;
    const files = filesOf(layOutAll(apply(projectOf(emptyManifest), plain)));
    const status = await readStatus({
      ...{ stack, applied: one, manifest: one, files, isMerged: false },
      ...{ madeBy: '1.0.0', version: '1.0.0', pending: undefined, missing: [] },
    });
    const edited = status.files.filter(({ status }) => status === 'edited');
    expect(edited).toEqual([]);
  });
});
