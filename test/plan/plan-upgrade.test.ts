import { describe, expect, it } from 'vitest';
import type { Upgrade } from '../../src/plan/plan-upgrade.ts';
import { planUpgrade } from '../../src/plan/plan-upgrade.ts';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest, manifestWith } from '../stacks/manifests.ts';
import { apply, filesOf, type Texts } from './virtual.ts';

const rendered = (texts: Texts) =>
  Object.entries(texts).map(([path, content]) => ({ path, content }));
const packageJson = (tool: string, script: string) =>
  `{\n  "scripts": {\n    "test": "${script}"\n  },\n  "devDependencies": {\n    "create-backend": "${tool}",\n    "zod": "4.0.0"\n  }\n}\n`;

type Case = { yours: Texts; base: Texts; generated: Texts; upgrade?: Partial<Upgrade> };

async function upgraded({ yours, base, generated, upgrade }: Case): Promise<Texts> {
  const plan = await planUpgrade({
    lineage: {},
    applied: emptyManifest,
    base: rendered(base),
    generated: rendered(generated),
    madeBy: '1.0.0',
    version: '2.0.0',
    tool: { kind: 'registry', version: '2.0.0' },
    stack: express,
    files: filesOf(yours),
    clock: new Date('2026-01-31T12:00:00Z'),
    force: false,
    ...upgrade,
  });
  expect(plan.notices.filter(({ kind }) => kind === 'conflict')).toEqual([]);
  const { 'backend.lock.json': lock, ...texts } = apply(yours, plan.changes);
  expect(JSON.parse(lock ?? '')).toMatchObject({ version: upgrade?.version ?? '2.0.0' });
  return texts;
}

describe('package.json', () => {
  const base = { 'package.json': packageJson('1.0.0', 'vitest run') };

  it.each<[string, string, string, string]>([
    ['as it was made', '1.0.0', 'vitest run', 'vitest run'],
    ['after npm install --save-dev', '^2.0.0', 'vitest run', 'vitest run'],
    ['after npm install of a packed one', 'file:../tool.tgz', 'vitest run', 'vitest run'],
    ['with a script that was edited', '^2.0.0', 'vitest run --silent', 'vitest run --silent'],
  ])('depends on the newer version: %s', async (_, tool, script, kept) => {
    const yours = { 'package.json': packageJson(tool, script) };
    const generated = { 'package.json': packageJson('2.0.0', 'vitest run') };
    expect(await upgraded({ yours, base, generated })).toEqual({
      'package.json': packageJson('2.0.0', kept),
    });
  });

  it('takes what is new in it beside that', async () => {
    const yours = { 'package.json': packageJson('^2.0.0', 'vitest run') };
    const generated = { 'package.json': packageJson('2.0.0', 'vitest').replace('4.0.0', '4.1.0') };
    expect(await upgraded({ yours, base, generated })).toEqual(generated);
  });

  it('stays without the tool where it was taken out', async () => {
    const without = packageJson('x', 'vitest run').replace(/ +"create-backend.*\n/, '');
    const yours = { 'package.json': without };
    const generated = { 'package.json': packageJson('2.0.0', 'vitest') };
    expect((await upgraded({ yours, base, generated }))['package.json']).toBe(
      without.replace('vitest run', 'vitest'),
    );
  });
});

describe('migrations', () => {
  const folder = 'src/db/migrations';
  const old = { [`${folder}/20200101000000_create_users.ts`]: 'old' };
  const posts = { [`${folder}/20260101000000_create_posts.ts`]: 'posts' };

  it('are never changed, and never deleted', async () => {
    const yours = { ...old, ...posts };
    const generated = { [`${folder}/20200101000000_create_users.ts`]: 'new' };
    expect(await upgraded({ yours, base: old, generated })).toEqual(yours);
    expect(await upgraded({ yours, base: old, generated: {} })).toEqual(yours);
  });

  it('are added behind those that have run, and once', async () => {
    const generated = { ...old, [`${folder}/20200101000001_create_tokens.ts`]: 'tokens' };
    const yours = { ...old, ...posts };
    const once = await upgraded({ yours, base: old, generated });
    expect(once).toEqual({ ...yours, [`${folder}/20260131120000_create_tokens.ts`]: 'tokens' });
    expect(await upgraded({ yours: once, base: old, generated })).toEqual(once);
  });

  describe('of tables that an earlier version has made', () => {
    const applied = manifestWith(
      { name: 'posts', fields: ['title:string:search', 'slug:string:unique:optional:sort'] },
      { name: 'notes', fields: ['text:text:search', 'day:date:sort'] },
      { name: 'logs', fields: ['text'] },
    );
    const indexes = async (madeBy: string, version = '9.0.0') => {
      const upgrade = { applied, madeBy, version, tool: { kind: 'registry' as const, version } };
      const texts = await upgraded({ yours: posts, base: {}, generated: {}, upgrade });
      return Object.entries(texts).filter(([path]) => path.endsWith('_add_indexes.ts'));
    };

    it('give them the indexes that later ones have, in one', async () => {
      for (const madeBy of ['0.1.0', '0.2.0']) {
        const [[path, text] = [], ...others] = await indexes(madeBy);
        expect([path, others]).toEqual([`${folder}/20260131120000_add_indexes.ts`, []]);
        const up = text?.split('export async function down')[0] ?? '';
        expect(up.match(/create extension if|create index \w+/g)).toEqual([
          'create extension if',
          'create index posts_title_search',
          'create index posts_slug_index',
          'create index notes_text_search',
        ]);
        expect(text?.match(/drop index .*(?=`)/g)).toEqual([
          'drop index if exists posts_title_search',
          'drop index posts_slug_index',
          'drop index if exists notes_text_search',
        ]);
      }
    });

    it('leave alone those that have them', async () => {
      expect(await indexes('0.3.0')).toEqual([]);
      expect(await indexes('1.0.0')).toEqual([]);
    });
  });

  it('stay deleted', async () => {
    expect(await upgraded({ yours: posts, base: old, generated: old })).toEqual(posts);
  });
});

describe('the tool that a project keeps', () => {
  const tool = { kind: 'packed' as const, file: 'create-backend-2.0.0.tgz', content: Buffer.of(1) };
  const [old, next] = ['1.0.0', '2.0.0'].map((each) => `.backend/create-backend-${each}.tgz`);

  it('is replaced by the newer version', async () => {
    const yours = { [old ?? '']: 'old' };
    const texts = await upgraded({ yours, base: {}, generated: {}, upgrade: { tool } });
    expect(Object.keys(texts)).toEqual([next]);
  });

  it('goes where a registry has the newer version', async () => {
    expect(await upgraded({ yours: { [old ?? '']: 'old' }, base: {}, generated: {} })).toEqual({});
  });

  it('stays where somebody put it there already', async () => {
    const yours = { [next ?? '']: 'put there' };
    expect(await upgraded({ yours, base: {}, generated: {}, upgrade: { tool } })).toEqual(yours);
  });
});
