import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/manifest/errors.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { apply, plan, project } from './virtual.ts';

const module = (file: string) => `src/modules/posts/posts.${file}.ts`;

describe('a new endpoint', () => {
  it('creates its module and its migration, and wires the shared files', async () => {
    const { changes, notices, steps } = await plan(project);
    expect(changes.map(({ kind, path }) => `${kind} ${path}`).sort()).toEqual(
      [
        'create src/db/migrations/20260131120000_create_posts.ts',
        ...[
          'fixtures',
          'openapi',
          'repository',
          'routes',
          'schema',
          'service',
          'table',
          'test',
        ].map((file) => `create ${module(file)}`),
        'create backend.lock.json',
        'update README.md',
        'update backend.json',
        'update src/db/tables.ts',
        'update src/routes.ts',
        'update src/services.ts',
      ].sort(),
    );
    expect({ notices, steps }).toEqual({ notices: [], steps: [] });
  });

  it('mounts the router after the body parser', async () => {
    const { changes } = await plan(project);
    const routes = apply(project, changes)['src/routes.ts'];
    expect(routes).toContain(
      '  router.use(readJson(deps.config.bodyLimit));\n  router.use(postsRoutes(deps));\n  return router;',
    );
  });

  it('keeps the way in which backend.json is written', async () => {
    const written = project['backend.json']?.replace('{\n  "name"', '{\n\n  "name"');
    const { changes } = await plan({ ...project, 'backend.json': String(written) });
    const update = changes.find(({ path }) => path === 'backend.json');
    expect(update).toMatchObject({ kind: 'update', before: written });
    expect(String(update && 'content' in update && update.content)).toMatch(/^\{\n\n {2}"name"/);
  });

  it('orders its migration after all others, whatever the clock says', async () => {
    const newest = 'src/db/migrations/20300101000000_create_users.ts';
    const { changes } = await plan({ ...project, [newest]: '' });
    expect(changes.map(({ path }) => path)).toContain(
      'src/db/migrations/20300101000001_create_posts.ts',
    );
  });
});

describe('what stands in the way', () => {
  const occupied = { ...project, [module('schema')]: 'mine', [module('routes')]: 'mine too' };

  it('is refused, all of it at once, with the command that takes it', async () => {
    const refusal = await plan(occupied).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal).toMatchObject({
      problems: [
        { found: `${module('routes')} exists already.` },
        { found: `${module('schema')} exists already.` },
      ],
      command: 'gen endpoint posts title:string --force',
    });
  });

  it('is replaced with force, and only if it is still what planning saw', async () => {
    const { changes } = await plan(occupied, { force: true });
    expect(changes.find(({ path }) => path === module('schema'))).toMatchObject({
      kind: 'update',
      before: 'mine',
    });
  });
});

describe('a shared file that cannot be wired', () => {
  it.each([
    ['is missing', undefined],
    ['does not parse', 'export function createRoutes( {'],
    ['has no router', 'export const routes = 1;\n'],
  ])('becomes lines to paste when it %s', async (_case, text) => {
    const { 'src/routes.ts': _routes, ...rest } = project;
    const texts = text === undefined ? rest : { ...rest, 'src/routes.ts': text };
    const { changes, notices } = await plan(texts);
    expect(changes.map(({ path }) => path)).not.toContain('src/routes.ts');
    const snippet = expect.stringContaining('postsRoutes');
    expect(notices).toMatchObject([
      { kind: 'manual', path: 'src/routes.ts', snippet, edit: 'paste' },
    ]);
  });
});

describe('the same command again', () => {
  const again = {
    before: manifestWith({ name: 'posts', fields: ['title:string'] }),
    about: 'posts',
  };

  it('changes nothing', async () => {
    const { changes } = await plan(project);
    const second = await plan(apply(project, changes), again);
    expect(second.changes).toEqual([]);
    expect(new Set(second.notices.map(({ kind }) => kind))).toEqual(new Set(['same']));
  });

  it('says which shared file no longer has it, and leaves that so', async () => {
    const { changes } = await plan(project);
    const unmounted = {
      ...apply(project, changes),
      'src/routes.ts': project['src/routes.ts'] ?? '',
    };
    const second = await plan(unmounted, again);
    expect(second.changes).toEqual([]);
    expect(second.notices.filter(({ kind }) => kind === 'kept')).toMatchObject([
      { path: 'src/routes.ts', message: expect.stringContaining('does not have postsRoutes') },
    ]);
  });

  it('leaves an edited file and a deleted one as they are, and says so', async () => {
    const { changes } = await plan(project);
    const made = apply(project, changes);
    const { [module('openapi')]: _gone, ...rest } = made;
    const edited = { ...rest, [module('service')]: `${made[module('service')]}// mine\n` };
    const second = await plan(edited, again);
    expect(second.changes).toEqual([]);
    expect(second.notices.filter(({ kind }) => kind === 'kept')).toMatchObject([
      { path: module('openapi'), message: expect.stringContaining('deleted') },
      { path: module('service'), message: expect.stringContaining('your edits') },
    ]);
  });
});
