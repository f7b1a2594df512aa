import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../src/manifest/accounts.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import { accountsManifest } from '../stacks/manifests.ts';
import { apply, plan, type Texts } from './virtual.ts';

const jwt: Manifest = { ...accountsManifest, stack: 'fastapi', packageManager: 'uv' };
const mail: Manifest = withAccounts({ ...jwt, accounts: ['mail'] });
const clock = new Date('2026-03-01T12:00:00Z');
const router = 'app/auth/router.py';

const filesOf = (manifest: Manifest): Texts =>
  Object.fromEntries([
    ['backend.json', formatManifest(manifest)],
    ...[...fastapi.renderProject(manifest, '9.9.9'), ...fastapi.renderEndpoint(manifest, 'users')]
      .map(({ path, content }) => [path, content] as const)
      .sort(),
  ]);

/** A project with accounts, and a line of ours where mail changes lines. */
function edited(): Texts {
  const made = filesOf(jwt);
  const text = String(made[router]).replace('router = APIRouter(', '# Ours.\n$&');
  return { ...made, [router]: text };
}

const planned = (texts: Texts, before: Manifest, after: Manifest, force = false) =>
  plan(texts, { command: 'gen apply', clock, stack: fastapi, before, after, force });

async function withMail(): Promise<Texts> {
  const made = edited();
  return apply(made, (await planned(made, jwt, mail)).changes);
}

describe('mail in the accounts on FastAPI', () => {
  it('comes by one line of backend.json, into code that people have edited', async () => {
    const made = edited();
    const { changes, notices } = await planned(made, jwt, mail);
    const next = apply(made, changes);
    expect(notices).toEqual([]);
    expect(Object.keys(next)).toEqual(expect.arrayContaining(Object.keys(filesOf(mail))));
    expect(next['migrations/versions/20200101000005_create_mails.py']).toContain(
      'create table mails',
    );
    expect(next[router]).toMatch(/# Ours\.[\s\S]*status_code=202/);
    expect(next['app/modules/users/schemas.py']).toContain('email_verified: bool');
    expect(next['app/main.py']).toContain('api.include_router(email_router)');
    expect(next['pyproject.toml']).toContain('"aiosmtplib==');
  });

  it('goes with force only, and leaves no file, setting or dependency', async () => {
    const made = await withMail();
    const lost = [
      ...['mails', 'registrations', 'email_tokens'].map(
        (table) => `The table \`${table}\` is dropped with all its rows.`,
      ),
      '`users.email_verified_at` is removed with all its data.',
    ];
    await expect(planned(made, mail, jwt)).rejects.toMatchObject({
      problems: lost.map((found) => expect.objectContaining({ found })),
      command: 'gen apply --force',
    });
    const { changes } = await planned(made, mail, jwt, true);
    const gone = apply(made, changes);
    const drop = Object.keys(gone).find((path) => path.endsWith('_remove_mail.py'));
    expect(fastapi.statementsOf(String(drop && gone[drop]))).toEqual([
      'drop table email_tokens',
      'drop table registrations',
      'drop table mails',
      'alter table users drop column email_verified_at',
    ]);
    const kept = Object.entries(gone).filter(([path]) => !path.startsWith(fastapi.migrations));
    const before = Object.entries(edited()).filter(
      ([path]) => !path.startsWith(fastapi.migrations),
    );
    expect(Object.fromEntries(kept)).toEqual({
      ...Object.fromEntries(before),
      'backend.lock.json': expect.any(String),
    });
  });
});
