import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import type { Renames } from '../../src/manifest/renames.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { parseRecord, planRecord, UNDO } from '../../src/plan/undo-record.ts';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest, manifestWith } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, filesOf, plan, project } from './virtual.ts';

const posts = { name: 'posts', fields: ['title:string', 'note:text:optional'] };
const manifest = manifestWith(posts);
const service = 'src/modules/posts/posts.service.ts';

type Step = { before: Manifest; after: Manifest; renames?: Renames; force?: boolean };

/** The project after a command, with the note of it. */
async function after(texts: Texts, step: Step): Promise<Texts> {
  const { changes } = await plan(texts, step);
  const done = { command: 'gen x', renames: step.renames ?? {}, changes };
  return apply(texts, [...changes, ...planRecord(done, filesOf(texts))]);
}

function undo(texts: Texts, applied: Manifest, hasMigrated = false, force = false) {
  const files = filesOf(texts);
  const record = parseRecord(texts[UNDO]);
  if (record === undefined) throw new Error('there is no note');
  const clock = new Date('2026-02-01T12:00:00Z');
  return planUndo({ record, applied, hasMigrated, stack: express, files, clock, force });
}

describe('a command whose migrations have not run', () => {
  const renamed = manifestWith({ ...posts, fields: ['headline:string', 'note:text:optional'] });

  it.each<[string, Step[]]>([
    ['a new endpoint', [{ before: emptyManifest, after: manifest }]],
    [
      'a field with another name',
      [
        { before: emptyManifest, after: manifest },
        { before: manifest, after: renamed, renames: { fields: { posts: { title: 'headline' } } } },
      ],
    ],
    [
      'an endpoint removed',
      [
        { before: emptyManifest, after: manifest },
        { before: manifest, after: emptyManifest, force: true },
      ],
    ],
    [
      'an endpoint with another name',
      [
        { before: emptyManifest, after: manifest },
        {
          before: manifest,
          after: moveEndpoint(manifest, { from: 'posts', to: 'notes' }),
          renames: { endpoint: { from: 'posts', to: 'notes' } },
        },
      ],
    ],
  ])('%s is taken back to the byte', async (_case, steps) => {
    let before: Texts = project;
    let now: Texts = project;
    for (const step of steps) {
      before = now;
      now = await after(now, step);
    }
    const { [UNDO]: _note, ...expected } = before;
    const applied = steps.at(-1)?.after ?? emptyManifest;
    expect(apply(now, undo(now, applied).changes)).toEqual(expected);
  });
});

describe('a command whose migrations have run', () => {
  it('keeps them, and adds what reverses them', async () => {
    const made = await after(project, { before: emptyManifest, after: manifest });
    const { changes } = undo(made, manifest, true, true);
    expect(changes.map(({ kind, path }) => `${kind} ${path}`)).toContain(
      'create src/db/migrations/20260201120000_drop_posts.ts',
    );
    const left = apply(made, changes);
    expect(Object.keys(left)).toContain('src/db/migrations/20260131120000_create_posts.ts');
    expect(Object.keys(left)).not.toContain(service);
  });

  it.each<[string, Manifest, string]>([
    ['a table', emptyManifest, 'The table `posts` is dropped with all its rows.'],
    [
      'a column',
      manifestWith({ ...posts, fields: ['title:string'] }),
      '`posts.note` is removed with all its data.',
    ],
  ])('is not taken back without force where %s would go', async (_what, before, found) => {
    const start = await after(project, { before: emptyManifest, after: before });
    const made = await after(start, { before, after: manifest });
    expect(() => undo(made, manifest, true)).toThrow(
      expect.objectContaining({
        problems: [{ found, expected: 'Expected --force for a change that loses data.' }],
        command: 'gen undo --force',
      }),
    );
    const { changes, notices } = undo(made, manifest, true, true);
    const migration = changes.find(({ path }) => path.includes('/20260201120000_'))?.path;
    expect(notices).toContainEqual({ kind: 'warning', path: migration, message: found });
  });

  it('makes a table again that was dropped, and says that its rows are not in it', async () => {
    const made = await after(project, { before: emptyManifest, after: manifest });
    const gone = await after(made, { before: manifest, after: emptyManifest, force: true });
    expect(undo(gone, emptyManifest, true).notices).toContainEqual({
      kind: 'warning',
      path: express.migrations,
      message: 'The table `posts` is created again, without its old rows.',
    });
  });

  it('renames a column back with its data', async () => {
    const renamed = manifestWith({ ...posts, fields: ['headline:string', 'note:text:optional'] });
    const made = await after(project, { before: emptyManifest, after: manifest });
    const renames = { fields: { posts: { title: 'headline' } } };
    const next = await after(made, { before: manifest, after: renamed, renames });
    const { changes } = undo(next, renamed, true);
    const migration = changes.find(({ path }) => path.includes('rename_headline_to_title'));
    expect(migration && 'content' in migration && migration.content).toContain(
      'rename column headline to title',
    );
  });

  it('renames a table back with its rows', async () => {
    const endpoint = { from: 'posts', to: 'notes' };
    const renamed = moveEndpoint(manifest, endpoint);
    const made = await after(project, { before: emptyManifest, after: manifest });
    const next = await after(made, { before: manifest, after: renamed, renames: { endpoint } });
    const { changes, notices } = undo(next, renamed, true);
    const added = changes.filter(({ path }) => path.includes('/20260201'));
    expect(added).toMatchObject([
      {
        path: 'src/db/migrations/20260201120000_rename_notes_to_posts.ts',
        content: expect.stringContaining('alter table notes rename to posts'),
      },
    ]);
    expect(notices).toEqual([
      expect.objectContaining({
        kind: 'warning',
        message: expect.stringMatching(
          /^Processes that still run the old code answer 500 after this/,
        ),
      }),
    ]);
    expect(apply(next, changes)[service]).toBe(made[service]);
  });
});

describe('what was built on a command', () => {
  it('keeps it from being taken back, and is named', async () => {
    const made = await after(project, { before: emptyManifest, after: manifest });
    const edited = { ...made, [service]: `${made[service]}// mine\n` };
    expect(() => undo(edited, manifest)).toThrow(`${service} was changed since.`);
  });

  it('is nothing where a file that the command made was deleted', async () => {
    const made = await after(project, { before: emptyManifest, after: manifest });
    const { [service]: _gone, ...rest } = made;
    expect(apply(rest, undo(rest, manifest).changes)).toEqual(project);
  });
});
