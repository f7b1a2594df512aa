import { describe, expect, it } from 'vitest';
import { newAccounts, withAccounts } from '../../src/manifest/accounts.ts';
import type { Above } from '../../src/manifest/choices.ts';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { aboveOf, addEndpoint, operations } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import { renderClient } from '../../src/stacks/extras/client/render.ts';
import { fastapi } from '../../src/stacks/fastapi/fastapi.ts';
import type { RenderedFile, Stack } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { clientManifest } from './client-manifest.ts';
import {
  accountsManifest,
  emptyManifest,
  everything,
  grown,
  manifestWith,
  withUserFields,
} from './manifests.ts';
import { oldShapes } from './old-shapes.ts';

const { rules } = stacks.express;

const snapshot = (name: string) => `../snapshots/${name}.txt`;

const asText = (files: RenderedFile[]) =>
  files.map(({ path, content }) => `=== ${path}\n${content}`).join('\n');

/** What nothing is left of where a part of the accounts is not there. */
const traces = {
  mail: /nodemailer|aiosmtp|SMTP|outbox|email_verified/,
  browser: /BROWSER_ORIGINS|browserOrigins|browser_origins|refresh.cookie/,
};

describe('a project', () => {
  const usual = express.renderProject(emptyManifest, '1.0.0');

  it('is rendered as it was', async () => {
    await expect(asText(usual)).toMatchFileSnapshot(snapshot('project'));
  });

  it.each(rules.packageManagers.filter((name) => name !== 'npm'))(
    'differs with %s only where that is named',
    async (packageManager) => {
      const files = express.renderProject({ ...emptyManifest, packageManager }, '1.0.0');
      const others = files.filter(
        ({ path, content }) => usual.find((file) => file.path === path)?.content !== content,
      );
      await expect(asText(others)).toMatchFileSnapshot(snapshot(`project-${packageManager}`));
    },
  );

  it.each(rules.packageManagers)(
    'goes without what works only at the root, with %s',
    (packageManager) => {
      const manifest = { ...emptyManifest, packageManager };
      const pathsOf = (above?: Above[]) =>
        express.renderProject({ ...manifest, ...aboveOf(above) }, '1.0.0').map(({ path }) => path);
      const whole = pathsOf();
      const leftOut = (...above: Above[]) => {
        const files = express.leftOut({ ...manifest, above }).map(({ path }) => path);
        const rest = pathsOf(above);
        expect(rest).toEqual(whole.filter((path) => !files.includes(path)));
        return whole.filter((path) => !rest.includes(path)).sort();
      };
      const hosted = ['.github/dependabot.yml', '.github/workflows/ci.yaml'];
      expect(leftOut('repository')).toEqual(hosted);
      expect(leftOut('linter')).toEqual([]);
      const own: Record<string, string[]> = {
        npm: [],
        pnpm: ['pnpm-workspace.yaml'],
        yarn: ['.yarnrc.yml'],
        bun: [],
      };
      const built = ['.dockerignore', 'Dockerfile', 'compose.yaml'];
      const all = [...hosted, ...built, ...(own[packageManager] ?? [])].sort();
      expect(leftOut('workspace')).toEqual(all);
      expect(leftOut('workspace', 'repository')).toEqual(all);
    },
  );

  it('differs in a workspace only where that is named', async () => {
    const above: Above[] = ['repository', 'workspace', 'linter'];
    const files = express.renderProject({ ...emptyManifest, above }, '1.0.0');
    const others = files.filter(
      ({ path, content }) => usual.find((file) => file.path === path)?.content !== content,
    );
    await expect(asText(others)).toMatchFileSnapshot(snapshot('project-member'));
    expect(asText(files)).not.toMatch(/compose|ci\.yaml/);
  });

  it('has more with accounts', async () => {
    const files = express.renderProject(accountsManifest, '1.0.0');
    const others = files.filter(
      ({ path, content }) => usual.find((file) => file.path === path)?.content !== content,
    );
    await expect(asText(others)).toMatchFileSnapshot(snapshot('project-jwt'));
  });

  it.each([
    ['mail', 'project-jwt-mail', express],
    ['mail', 'fastapi-project-jwt-mail', fastapi],
    ['browser', 'project-jwt-browser', express],
    ['browser', 'fastapi-project-jwt-browser', fastapi],
  ] as const)(
    'has more with %s in its accounts, and else is as it was: %s',
    async (part, name, stack) => {
      const withPart: Manifest = withAccounts({ ...accountsManifest, accounts: [part] });
      const filesOf = (manifest: Manifest) => [
        ...stack.renderProject(manifest, '1.0.0'),
        ...stack.renderEndpoint(manifest, 'users'),
      ];
      const without = filesOf(accountsManifest);
      const others = filesOf(withPart).filter(
        ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
      );
      await expect(asText(others)).toMatchFileSnapshot(snapshot(name));
      expect(JSON.stringify(without)).not.toMatch(traces[part]);
    },
  );

  it.each([
    ['services', express, 'npm'],
    ['fastapi-services', fastapi, 'uv'],
  ] as const)('has more with other services: %s', async (name, stack, packageManager) => {
    const filesOf = (services?: Manifest['services']) =>
      stack.renderProject(
        { ...emptyManifest, packageManager, ...(services && { services }) },
        '1.0.0',
      );
    const without = filesOf();
    const called = { import: {}, payments: { required: true, webhook: true }, settings: {} };
    const others = filesOf(called).filter(
      ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
    );
    await expect(asText(others)).toMatchFileSnapshot(snapshot(name));
    expect(JSON.stringify(without)).not.toMatch(
      /upstreams|UPSTREAM_|webhook|expired.ts|db.expired/,
    );
  });

  it('has more with OpenID Connect in its accounts, and else is as it was', async () => {
    const filesOf = (accounts: Manifest['accounts']) => {
      const manifest = withAccounts({ ...accountsManifest, ...(accounts && { accounts }) });
      const users = express.renderEndpoint(manifest, 'users');
      return [...express.renderProject(manifest, '1.0.0'), ...users];
    };
    const without = filesOf(undefined);
    const others = filesOf(['oidc']).filter(
      ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
    );
    await expect(asText(others)).toMatchFileSnapshot(snapshot('project-jwt-oidc'));
    expect(JSON.stringify(without)).not.toMatch(/openid|oidc|identities|noPassword/i);
    expect(JSON.stringify(filesOf(['mail']))).not.toMatch(
      /openid|oidc|identity-linked|noPassword/i,
    );
    expect(JSON.stringify(filesOf(['oidc']))).not.toMatch(/nodemailer|addMail|identity-linked/);
  });

  it.each([
    ['none', 'project-graphql'],
    ['jwt', 'project-graphql-jwt'],
  ] as const)('has more with GraphQL, with accounts: %s', async (auth, name) => {
    const manifest = withAccounts({ ...emptyManifest, auth });
    const without = express.renderProject(manifest, '1.0.0');
    const others = express
      .renderProject({ ...manifest, graphql: true }, '1.0.0')
      .filter(
        ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
      );
    await expect(asText(others)).toMatchFileSnapshot(snapshot(name));
  });

  it('takes the name, the base path and the tool from where they are said', () => {
    const manifest = { ...emptyManifest, name: 'other', basePath: '/api/v1' };
    const files = asText(express.renderProject(manifest, 'file:.backend/tool.tgz'));
    expect(files).toContain('"name": "other"');
    expect(files).toContain("const basePath = '/api/v1'");
    expect(files).toContain('"create-backend": "file:.backend/tool.tgz"');
  });
});

describe('a Python project', () => {
  const made = { ...emptyManifest, stack: 'fastapi', packageManager: 'uv' };
  const usual = fastapi.renderProject(made, '1.0.0');

  it('is rendered as it was', async () => {
    await expect(asText(usual)).toMatchFileSnapshot(snapshot('fastapi-project'));
  });

  it('has more with accounts', async () => {
    const files = fastapi.renderProject({ ...accountsManifest, ...made, auth: 'jwt' }, '1.0.0');
    const others = files.filter(
      ({ path, content }) => usual.find((file) => file.path === path)?.content !== content,
    );
    await expect(asText(others)).toMatchFileSnapshot(snapshot('fastapi-project-jwt'));
  });

  it('has more with OpenID Connect in its accounts, and else is as it was', async () => {
    const filesOf = (accounts: Manifest['accounts']) => {
      const manifest = { ...accountsManifest, ...made, auth: 'jwt' as const };
      const full = withAccounts({ ...manifest, ...(accounts && { accounts }) });
      return [...fastapi.renderProject(full, '1.0.0'), ...fastapi.renderEndpoint(full, 'users')];
    };
    const without = filesOf(undefined);
    const others = filesOf(['oidc']).filter(
      ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
    );
    await expect(asText(others)).toMatchFileSnapshot(snapshot('fastapi-project-jwt-oidc'));
    expect(JSON.stringify(without)).not.toMatch(/openid|oidc|identities|without_password/i);
    expect(JSON.stringify(filesOf(['oidc']))).not.toMatch(/outbox|add_mail|IdentityLinked/);
  });

  it('has more with GraphQL, and the schema of the other stack', async () => {
    const manifest = withAccounts({ ...accountsManifest, ...made, auth: 'jwt', graphql: true });
    const without = fastapi.renderProject({ ...manifest, graphql: false }, '1.0.0');
    const others = fastapi
      .renderProject(manifest, '1.0.0')
      .filter(
        ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
      );
    const schemaOf = (files: RenderedFile[]) =>
      files.find(({ path }) => path === 'schema.graphql')?.content;
    const other = { ...manifest, stack: 'express', packageManager: 'npm' };
    expect(schemaOf(others)).toBe(schemaOf(express.renderProject(other, '1.0.0')));
    await expect(asText(others)).toMatchFileSnapshot(snapshot('fastapi-project-graphql-jwt'));
  });

  it('takes the name, the base path and the tool from where they are said', () => {
    const files = asText(
      fastapi.renderProject({ ...made, name: 'other', basePath: '/api/v1' }, '.backend/tool.tgz'),
    );
    expect(files).toContain('name = "other"');
    expect(files).toContain('BASE_PATH = "/api/v1"');
    expect(files).toContain('[tool.create-backend]\nversion = ".backend/tool.tgz"');
  });
});

it('a backend on FastAPI has more with old versions, and without a trace else', async () => {
  const shown = oldShapes({ ...emptyManifest, stack: 'fastapi', packageManager: 'uv' });
  const { versions: _versions, ...newest } = shown;
  const filesOf = (manifest: Manifest) => [
    ...fastapi.renderProject(manifest, '1.0.0'),
    ...['posts', 'pages', 'pings'].flatMap((each) => fastapi.renderEndpoint(manifest, each)),
  ];
  const without = filesOf(newest);
  const others = filesOf(shown).filter(
    ({ path, content }) => content !== without.find((file) => file.path === path)?.content,
  );
  await expect(asText(others)).toMatchFileSnapshot(snapshot('fastapi-versions'));
  const trace = /Deprecation|Sunset|successor|OldVersion|newest_versions/;
  expect(without.filter(({ content }) => trace.test(content)).map(({ path }) => path)).toEqual([]);
});

const parent: EndpointRequest = { name: 'users', fields: ['name'] };
const fields = ['title:string:search:sort', 'price:decimal:filter', 'author:ref:users'];
const variants: [string, Partial<EndpointRequest>][] = [
  ['cursor', {}],
  ['offset', { pagination: 'offset' }],
  ['under', { under: 'users' }],
  ...operations.map((only): [string, Partial<EndpointRequest>] => [`only-${only}`, { only }]),
];

/** The stacks, each with what the names of its snapshots begin with. */
const inEach: [name: string, stack: Stack, prefix: string][] = [
  ['express', express, ''],
  ['fastapi', fastapi, 'fastapi-'],
];

const isTest = (path: string) => /\.test\.ts$|^tests\//.test(path);

describe.each(inEach)('an endpoint: %s', (_, stack, prefix) => {
  it.each(variants)('is rendered as it was: %s', async (name, options) => {
    const manifest = manifestWith(parent, { name: 'posts', fields, ...options });
    const files = [
      ...stack.renderEndpoint(manifest, 'posts'),
      stack.renderCreation(manifest, 'posts', '20260131120000'),
    ];
    await expect(asText(files)).toMatchFileSnapshot(snapshot(`${prefix}endpoint-${name}`));
  });

  it.each([
    ['usual', undefined, []],
    ['read-owner', 'read=owner', []],
    ['roles', 'read=public,create=moderator,update=moderator,delete=admin', []],
    ['owner-field', 'read=owner', ['author:ref:users:owner', 'editor:ref:users:optional']],
  ])('is rendered as it was with accounts: %s', async (name, access, refs) => {
    const accounts = accountsManifest;
    const request = { name: 'posts', fields: ['title:string:search:sort', ...refs], access };
    const { endpoint } = parseEndpoint({ ...request, rateLimit: '100/minute' }, accounts, rules);
    const manifest = addEndpoint(accounts, 'posts', endpoint);
    const files = [
      ...stack.renderEndpoint(manifest, 'posts'),
      stack.renderCreation(manifest, 'posts', '20260131120000'),
    ];
    await expect(asText(files)).toMatchFileSnapshot(snapshot(`${prefix}access-${name}`));
  });

  it('is rendered as it was: every type and modifier', async () => {
    const manifest = manifestWith(...everything);
    const files = Object.keys(manifest.endpoints).flatMap((plural) => [
      ...stack.renderEndpoint(manifest, plural).filter(({ path }) => !isTest(path)),
      stack.renderCreation(manifest, plural, '20260131120000'),
    ]);
    await expect(asText(files)).toMatchFileSnapshot(snapshot(`${prefix}every-type`));
  });
});

it('the client is rendered as it was', async () => {
  await expect(renderClient(clientManifest)).toMatchFileSnapshot('../generated/client/api.ts');
});

describe('accounts', () => {
  it('are rendered as they were where users have fields', async () => {
    const access = { read: 'owner', create: 'moderator', update: 'owner|moderator' };
    const fields = ['displayName:string:max=80:search', 'birthday:date:optional:self'];
    const more = ['score:integer:default=0:self:readonly', 'manager:ref:users:optional:filter'];
    const request = { kind: 'add', endpoint: 'users', fields: [...fields, ...more] } as const;
    const { after } = parseFieldChange(request, accountsManifest, rules);
    const users = { ...newAccounts(after), ...after.endpoints.users, access };
    const manifest = { ...after, endpoints: { users } };
    const files = express.renderEndpoint(manifest, 'users');
    await expect(asText(files)).toMatchFileSnapshot(snapshot('users'));
  });
});

const ofGraphql: [name: string, stack: Stack, prefix: string, shown: RegExp, kept: RegExp][] = [
  [
    'express',
    express,
    '',
    /^(schema\.graphql|src\/graphql\/(types|schema)\.ts)$/,
    /(graphql|repository|service)(\.test)?\.ts$/,
  ],
  [
    'fastapi',
    fastapi,
    'fastapi-',
    /^app\/graphql\/schema\.py$/,
    /((graphql|repository|service)\.py|^tests\/graphql\/.+)$/,
  ],
];

describe('an endpoint with GraphQL', () => {
  it.each(ofGraphql)('is rendered as it was: %s', async (_, stack, prefix, shown, kept) => {
    const accounts = { ...accountsManifest, graphql: true };
    const requests: EndpointRequest[] = [
      { name: 'posts', fields: ['author:ref:users:owner', ...fields.slice(0, 2)] },
      {
        name: 'tags',
        fields: ['name:string:unique', 'kind:enum:a,b:filter', 'post:ref:posts:optional'],
        pagination: 'offset',
        access: 'read=public,update=admin,delete=moderator',
        rateLimit: '100/minute',
      },
    ];
    const manifest = withUserFields(
      grown(accounts, ...requests),
      'displayName:string:optional:filter',
      'tag:ref:tags:optional',
    );
    const overview = stack.renderProject(manifest, '1.0.0').filter(({ path }) => shown.test(path));
    const files = ['users', 'posts', 'tags'].flatMap((plural) =>
      stack.renderEndpoint(manifest, plural).filter(({ path }) => kept.test(path)),
    );
    const name = snapshot(`${prefix}graphql`);
    await expect(asText([...overview, ...files])).toMatchFileSnapshot(name);
  });
});
