import { describe, expect, it } from 'vitest';
import { emptyFolder, projectWith, run } from './run-bin.ts';

const places = [
  { TZ: 'UTC', LC_ALL: 'C', LANG: 'C' },
  { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', LANG: 'ja_JP.UTF-8' },
];

describe('the same request gives the same bytes in every time zone and language', () => {
  it('create-backend --dry-run --json', async () => {
    const outputs = places.map(async (env) => {
      const options = { cwd: await emptyFolder(), env: { ...env, SOURCE_DATE_EPOCH: '0' } };
      return run('create-backend', ['shop', '--dry-run', '--json'], options);
    });
    const [first, ...others] = await Promise.all(outputs);
    expect(first?.code).toBe(0);
    for (const other of others) expect(other).toEqual(first);
  });

  it('gen endpoint --dry-run --json', async () => {
    const cwd = await projectWith();
    const fields = [
      'title:string:default=I',
      'dueAt:datetime:sort',
      'state:enum:open,closed:filter',
    ];
    const args = ['endpoint', 'issues', ...fields, '--dry-run', '--json'];
    const outputs = places.map((env) =>
      run('gen', args, { cwd, env: { ...env, SOURCE_DATE_EPOCH: '1767225599' } }),
    );
    const [first, ...others] = await Promise.all(outputs);
    expect(first?.code).toBe(0);
    const { plan } = JSON.parse(first?.stdout ?? '');
    const paths = plan.changes.map(({ path }: { path: string }) => path);
    expect(paths).toContain('src/db/migrations/20251231235959_create_issues.ts');
    for (const other of others) expect(other).toEqual(first);
  });
});
