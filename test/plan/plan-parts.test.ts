import { describe, expect, it } from 'vitest';
import { withAccounts as completed } from '../../src/manifest/accounts.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { planUndo } from '../../src/plan/plan-undo.ts';
import { parseRecord, planRecord, UNDO } from '../../src/plan/undo-record.ts';
import { express } from '../../src/stacks/express/express.ts';
import { emptyManifest, grown } from '../stacks/manifests.ts';
import type { Texts } from './virtual.ts';
import { apply, filesOf, plan, project } from './virtual.ts';

const posts = { name: 'posts', fields: ['title:string'] };
const none = grown(emptyManifest, posts, { name: 'zebras', fields: ['name:string'] });
/** Of no user: rows that are there already fit. */
const access = { read: 'public', update: 'moderator', delete: 'admin' } as const;
const jwt = withAccounts({
  posts: { ...none.endpoints.posts, access },
  zebras: { ...none.endpoints.zebras, access },
});
const clock = new Date('2026-03-01T12:00:00Z');

function withAccounts(endpoints: object): Manifest {
  return completed({ ...none, auth: 'jwt', endpoints: { ...none.endpoints, ...endpoints } });
}

const parts = express.rules.accounts.map((part) => `"${part}"`).join(', ');
const withoutParts = {
  kind: 'note',
  path: 'backend.json',
  message: `The accounts have no parts. Add \`"accounts": [${parts}]\`, or some of them, and run \`gen apply\`.`,
};

type Step = { before: Manifest; after: Manifest; force?: boolean };

const planned = (texts: Texts, step: Step) => plan(texts, { command: 'gen apply', clock, ...step });

/** The project after a command, with the note of it. */
async function after(texts: Texts, step: Step): Promise<Texts> {
  const { changes } = await planned(texts, step);
  const done = { command: 'gen apply', renames: {}, changes };
  return apply(texts, [...changes, ...planRecord(done, filesOf(texts))]);
}

/** A project without accounts, with an endpoint, and a line of ours in its app. */
async function edited(): Promise<Texts> {
  const made = await after(project, { before: emptyManifest, after: none });
  const app = String(made['src/app.ts']).replace('  app.use(noticeProxies', '  // Ours.\n$&');
  return { ...made, 'src/app.ts': app };
}

/** All but what is only ever added. */
const codeOf = (texts: Texts) =>
  Object.fromEntries(
    Object.entries(texts).filter(([path]) => !path.startsWith(express.migrations) && path !== UNDO),
  );
const migrationsOf = (texts: Texts) => filesOf(texts).list(express.migrations).sort();
const pathsOf = (texts: Texts) => Object.keys(texts).filter((path) => path !== UNDO);

describe('accounts that come into a project', () => {
  it('bring their files, migrations, settings and secret, beside what people wrote', async () => {
    const made = await edited();
    const { changes, notices } = await planned(made, { before: none, after: jwt });
    const next = apply(made, changes);
    expect(notices).toEqual([withoutParts]);
    expect(pathsOf(next)).toEqual(
      expect.arrayContaining(express.renderProject(jwt, '*').map(({ path }) => path)),
    );
    expect(next['src/app.ts']).toMatch(/createAuth[\s\S]*\/\/ Ours\./);
    expect(next['package.json']).toContain('"jose"');
    expect(next['src/routes.ts']).toMatch(/usersRoutes }.*\nimport { zebrasRoutes }/);
    expect(next['src/routes.ts']).toMatch(/authRoutes\(deps\)[\s\S]*zebrasRoutes\(deps\)/);
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'create', path: '.env', mode: 0o600, secret: true }),
    );
    expect(migrationsOf(next)).toEqual(
      [
        ...express.partsOf(jwt).flatMap(({ migrations }) => migrations.map(({ path }) => path)),
        `${express.migrations}/20260301120000_create_posts.ts`,
        `${express.migrations}/20260301120001_create_zebras.ts`,
      ]
        .map((path) => path.slice(express.migrations.length + 1))
        .sort(),
    );
  });

  it('tell of the secret that is missing where `.env` is there', async () => {
    const made = { ...(await edited()), '.env': 'PORT=4000\n' };
    const { changes, notices } = await planned(made, { before: none, after: jwt });
    expect(changes.map(({ path }) => path)).not.toContain('.env');
    expect(notices).toEqual([
      withoutParts,
      {
        kind: 'warning',
        path: '.env',
        message: 'it needs AUTH_SECRET now, as .env.example says',
      },
    ]);
    const complete = { ...made, '.env': 'AUTH_SECRET=secret\n' };
    expect((await planned(complete, { before: none, after: jwt })).notices).toEqual([withoutParts]);
  });

  it('have the parts that backend.json names, and tell of them where it names none', async () => {
    const { accounts } = express.rules;
    const after = { ...jwt, accounts: [...accounts] };
    const made = await edited();
    const { changes, notices } = await planned(made, { before: none, after });
    expect(pathsOf(apply(made, changes))).toEqual(
      expect.arrayContaining(express.renderProject(after, '*').map(({ path }) => path)),
    );
    expect(notices).toEqual([]);
    const later = await planned(await edited(), { before: jwt, after: { ...jwt, graphql: true } });
    expect(later.notices).not.toContainEqual(withoutParts);
  });

  it('have the roles of the project from the start', async () => {
    const roles = { names: ['user', 'admin'], default: 'user', admin: 'admin' };
    const { changes } = await planned(await edited(), {
      before: none,
      after: completed({ ...none, auth: 'jwt', roles }),
    });
    const migration = changes.find(({ path }) => path.endsWith('_change_roles.ts'));
    expect(migration && 'content' in migration && migration.content).toContain(
      "check (role in ('user', 'admin'))",
    );
  });

  it('warn of rows that have no owner', async () => {
    const { notices } = await planned(await edited(), { before: none, after: withAccounts({}) });
    expect(notices).toContainEqual(
      expect.objectContaining({
        kind: 'warning',
        message: 'The migration stops if posts has rows, because they have no `ownerId` yet.',
      }),
    );
  });
});

describe('accounts that go', () => {
  const tables = ['users', 'auth_sessions', 'auth_refresh_tokens'];
  const lost = tables.map((table) => `The table \`${table}\` is dropped with all its rows.`);

  it('are refused without force, since their rows go with them', async () => {
    const made = await after(await edited(), { before: none, after: jwt });
    await expect(planned(made, { before: jwt, after: none })).rejects.toMatchObject({
      problems: lost.map((found) => ({
        found,
        expected: 'Expected --force for a change that loses data.',
      })),
      command: 'gen apply --force',
    });
  });

  it('leave the project as it was, but for a migration, the secret, and what people wrote', async () => {
    const start = await edited();
    const made = await after(start, { before: none, after: jwt });
    const guards = 'src/auth/guards.ts';
    const ours = { ...made, [guards]: `${made[guards]}\n// Ours.\n` };
    const { changes, notices } = await planned(ours, { before: jwt, after: none, force: true });
    const next = apply(ours, changes);
    const drop = `${express.migrations}/20260301120002_remove_accounts.ts`;
    expect(notices).toEqual([
      ...lost.map((message) => ({ kind: 'warning', path: drop, message })),
      expect.objectContaining({ kind: 'warning', message: expect.stringContaining('answer 500') }),
      expect.objectContaining({ kind: 'kept', path: guards }),
    ]);
    const { [guards]: kept, [drop]: migration, '.env': secret, ...rest } = next;
    expect([kept, secret]).toEqual([ours[guards], made['.env']]);
    expect(codeOf(rest)).toEqual(codeOf(start));
    expect(migrationsOf(next)).toEqual(expect.arrayContaining(migrationsOf(made)));
    const statements = express.statementsOf(String(migration));
    expect(statements.filter((each) => each.startsWith('drop table'))).toEqual(
      tables.toReversed().map((table) => `drop table ${table}`),
    );
  });

  it('are undone: their files, and their tables anew where the migration has run', async () => {
    const made = await after(await edited(), { before: none, after: jwt });
    const gone = await after(made, { before: jwt, after: none, force: true });
    expect(pathsOf(undo(gone, none, false)).sort()).toEqual(pathsOf(made).sort());
    const back = undo(gone, none, true);
    expect(migrationsOf(back).filter((file) => file.startsWith('202603'))).toEqual([
      '20260301120000_create_posts.ts',
      '20260301120001_create_zebras.ts',
      '20260301120002_remove_accounts.ts',
      '20260301120003_create_users.ts',
      '20260301120004_create_auth_sessions.ts',
      '20260301120005_index_auth_sessions_by_expiry.ts',
    ]);
  });

  it('can come again, with migrations of a later time', async () => {
    const made = await after(await edited(), { before: none, after: jwt });
    const gone = await after(made, { before: jwt, after: none, force: true });
    const again = await after(gone, { before: none, after: jwt });
    expect(migrationsOf(again)).toEqual(
      expect.arrayContaining(['20200101000000_create_users.ts', '20260301120003_create_users.ts']),
    );
    const last = await after(again, { before: jwt, after: none, force: true });
    expect(migrationsOf(last)).toContain('20260301120006_remove_accounts.ts');
  });
});

it('takes accounts out again that came with the last command, and may have rows', async () => {
  const made = await after(await edited(), { before: none, after: jwt });
  expect(pathsOf(undo(made, jwt, false)).sort()).toEqual(pathsOf(await edited()).sort());
  expect(() => undo(made, jwt, true)).toThrow('The table `users` is dropped with all its rows.');
  expect(migrationsOf(undo(made, jwt, true, true))).toContain('20260301120002_remove_accounts.ts');
});

describe('mail in the accounts', () => {
  const mail: Manifest = completed({ ...jwt, accounts: ['mail'] });
  const own = `${express.migrations}/20200101000005_create_mails.ts`;
  const lostOfMail = [
    ...['mails', 'registrations', 'email_tokens'].map(
      (table) => `The table \`${table}\` is dropped with all its rows.`,
    ),
    '`users.email_verified_at` is removed with all its data.',
  ];

  /** The lock lists the migrations of users, also those that were made meanwhile. */
  function withoutLock(texts: Texts) {
    const { 'backend.lock.json': _, ...rest } = codeOf(texts);
    return rest;
  }

  /** A project with accounts, and a line of ours where mail adds lines. */
  async function withAccountsAndEdits(): Promise<Texts> {
    const made = await after(await edited(), { before: none, after: jwt });
    const routes = 'src/auth/auth.routes.ts';
    const text = String(made[routes]).replace('  const router = Router();', '  // Ours.\n$&');
    return { ...made, [routes]: text };
  }

  it('comes by one line of backend.json, into code that people have edited', async () => {
    const made = await withAccountsAndEdits();
    const { changes, notices } = await planned(made, { before: jwt, after: mail });
    const next = apply(made, changes);
    expect(notices).toEqual([]);
    expect(pathsOf(next)).toEqual(
      expect.arrayContaining(express.renderProject(mail, '*').map(({ path }) => path)),
    );
    expect(migrationsOf(next)).toEqual([
      ...migrationsOf(made).filter((file) => file < '20200101000005'),
      own.slice(express.migrations.length + 1),
      ...migrationsOf(made).filter((file) => file > '20200101000005'),
    ]);
    expect(next['src/auth/auth.routes.ts']).toMatch(/\/\/ Ours\.[\s\S]*status\(202\)/);
    expect(next['src/modules/users/users.schema.ts']).toContain('emailVerified: z.boolean()');
    expect(next['src/routes.ts']).toMatch(/emailRoutes\(deps\)[\s\S]*zebrasRoutes\(deps\)/);
    expect(next['package.json']).toContain('"nodemailer"');
    expect(String(next['backend.json'])).toContain('"accounts": ["mail"]');
  });

  it('goes with force only, and leaves the project as it was, but for a migration', async () => {
    const start = await withAccountsAndEdits();
    const made = await after(start, { before: jwt, after: mail });
    await expect(planned(made, { before: mail, after: jwt })).rejects.toMatchObject({
      problems: lostOfMail.map((found) => expect.objectContaining({ found })),
      command: 'gen apply --force',
    });
    const gone = await after(made, { before: mail, after: jwt, force: true });
    const drop = `${express.migrations}/20260301120002_remove_mail.ts`;
    expect(express.statementsOf(String(gone[drop]))).toEqual([
      'drop table email_tokens',
      'drop table registrations',
      'drop table mails',
      'alter table users drop column email_verified_at',
    ]);
    expect(withoutLock(gone)).toEqual(withoutLock(start));
    expect(pathsOf(undo(gone, jwt, false)).sort()).toEqual(pathsOf(made).sort());
  });

  it('is undone', async () => {
    const start = await withAccountsAndEdits();
    const made = await after(start, { before: jwt, after: mail });
    expect(codeOf(undo(made, mail, false))).toEqual(codeOf(start));
    expect(() => undo(made, mail, true)).toThrow('The table `mails` is dropped');
  });

  it('goes with the accounts, its tables before those that they refer to', async () => {
    const start = await withAccountsAndEdits();
    const made = await after(start, { before: jwt, after: mail });
    const gone = await after(made, { before: mail, after: none, force: true });
    expect(migrationsOf(gone).slice(-2)).toEqual([
      '20260301120002_remove_mail.ts',
      '20260301120003_remove_accounts.ts',
    ]);
    expect(JSON.stringify(codeOf(gone))).not.toMatch(/nodemailer|SMTP_URL/);
  });
});

describe('browsers in the accounts', () => {
  it.each<[string, Manifest]>([
    ['alone', jwt],
    ['beside mail', completed({ ...jwt, accounts: ['mail'] })],
  ])('come and go by one line of backend.json, %s', async (_case, before) => {
    const whole: Manifest = completed({
      ...before,
      accounts: [...(before.accounts ?? []), 'browser'],
    });
    const start = await after(await edited(), { before: none, after: before });
    const made = await after(start, { before, after: whole });
    expect(pathsOf(made)).toEqual(
      expect.arrayContaining(express.renderProject(whole, '*').map(({ path }) => path)),
    );
    expect(migrationsOf(made)).toEqual(migrationsOf(start));
    expect(made['.env.example']).toContain('BROWSER_ORIGINS');
    const gone = await after(made, { before: whole, after: before });
    expect(codeOf(gone)).toEqual(codeOf(start));
    expect(codeOf(undo(made, whole, true))).toEqual(codeOf(start));
  });
});

describe('OpenID Connect in the accounts', () => {
  const withMail: Manifest = completed({ ...jwt, accounts: ['mail'] });
  const oidc: Manifest = completed({ ...jwt, accounts: ['oidc'] });
  const both: Manifest = completed({ ...jwt, accounts: ['mail', 'oidc'] });

  it.each([
    ['alone', jwt, oidc],
    ['with mail', withMail, both],
  ])(
    '%s comes by one line of backend.json, and goes with force without a trace',
    async (_case, before, now) => {
      const made = await after(await edited(), { before: none, after: before });
      const guards = 'src/auth/guards.ts';
      const start = { ...made, [guards]: `${made[guards]}\n// Ours.\n` };
      expect((await planned(start, { before, after: now })).notices).toEqual([]);
      const next = await after(start, { before, after: now });
      expect(pathsOf(next)).toEqual(
        expect.arrayContaining(express.renderProject(now, '*').map(({ path }) => path)),
      );
      expect(migrationsOf(next)).toContain('20200101000006_create_identities.ts');
      expect(next['src/modules/users/users.table.ts']).toContain('password_hash: string | null;');

      const lostTables = ['identities', 'oidc_attempts', 'oidc_codes'];
      await expect(planned(next, { before: now, after: before })).rejects.toMatchObject({
        problems: lostTables.map((table) =>
          expect.objectContaining({
            found: `The table \`${table}\` is dropped with all its rows.`,
          }),
        ),
        command: 'gen apply --force',
      });
      const gone = await after(next, { before: now, after: before, force: true });
      const drop = String(gone[`${express.migrations}/20260301120002_remove_oidc.ts`]);
      expect(express.statementsOf(drop)).toEqual([
        'drop table oidc_codes',
        'drop table oidc_attempts',
        'drop table identities',
        expect.stringMatching(/^update users\s+set password_hash = '\$argon2id/),
        'alter table users alter column password_hash set not null',
      ]);
      const { 'backend.lock.json': _, ...code } = codeOf(gone);
      const { 'backend.lock.json': __, ...codeBefore } = codeOf(start);
      expect(code).toEqual(codeBefore);
      expect(codeOf(undo(next, now, false))).toEqual(codeOf(start));
    },
  );

  it('loses only what is for both when mail goes', async () => {
    const made = await after(await edited(), { before: none, after: both });
    const gone = await after(made, { before: both, after: oidc, force: true });
    expect(pathsOf(gone).filter((path) => path.startsWith('mails/'))).toEqual([]);
    expect(gone['src/auth/oidc.service.ts']).not.toContain('addMail');
    expect(gone['src/auth/oidc-settings.ts']).toContain('APP_URL: z');
  });
});

function undo(texts: Texts, applied: Manifest, hasMigrated: boolean, force = false): Texts {
  const files = filesOf(texts);
  const record = parseRecord(texts[UNDO]);
  if (record === undefined) throw new Error('there is no note');
  const plan = planUndo({ record, applied, hasMigrated, stack: express, files, clock, force });
  return apply(texts, plan.changes);
}
