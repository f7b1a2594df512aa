import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AccountPart } from '../../src/manifest/choices.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { accountsManifest, everything, grown, withUserFields } from '../stacks/manifests.ts';
import { installedProject } from './accounts/project.ts';
import { createDatabase } from './postgres.ts';
import { builtTool, copyProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';
import { startServer } from './servers.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

/** Beside every type: each rule of access, rows below rows that not everybody may read, more fields of users. */
function manifestOf(stack: 'express' | 'fastapi', accounts: AccountPart[]): string {
  const packageManager = stack === 'express' ? 'npm' : 'uv';
  const manifest = grown(
    { ...accountsManifest, stack, packageManager, ...(accounts.length > 0 && { accounts }) },
    ...everything,
    {
      name: 'notes',
      under: 'users',
      pagination: 'offset',
      fields: ['title:string:search:sort', 'writer:ref:users:owner', 'tag:ref:categories:optional'],
      access: 'read=owner,create=user,update=owner|admin,delete=owner',
    },
    {
      name: 'sheets',
      under: 'notes',
      fields: ['note:ref:notes', 'size:integer:min=1:max=5'],
      access: 'read=owner',
      rateLimit: '100/minute',
    },
    {
      name: 'posts',
      fields: ['title', 'related:ref:posts:optional'],
      access: 'read=public,create=user,update=owner,delete=admin',
    },
    {
      name: 'replies',
      under: 'posts',
      fields: ['text:text', 'post:ref:posts:filter', 'note:ref:notes:optional'],
      access: 'read=public,create=public,update=admin,delete=moderator',
    },
  );
  const users = [
    'displayName:string:max=80:search',
    'birthday:date:optional:self',
    'score:integer:default=0:self:readonly',
    'manager:ref:users:optional:filter',
  ];
  return formatManifest(withUserFields(manifest, ...users));
}

/** The document of a running service. Its database is empty: the document needs none. */
async function documentOf(project: string, command: string, DATABASE_URL: string) {
  const env = { DATABASE_URL, PUBLIC_URL: 'https://api.example.com' };
  const server = await startServer(project, env, command);
  try {
    const document: unknown = await (await fetch(`${server.url}/openapi.json`)).json();
    return document;
  } finally {
    await server.stop();
  }
}

/** What is under these is in an order that a reader sees; the order of other keys has no meaning. */
const ordered = /^(paths|properties|responses)$/;

/**
 * A document without what the libraries force. There is one such thing: of a union within a union
 * zod makes `anyOf` within `anyOf`, and Pydantic one `anyOf`. Both take the same values.
 */
function plain(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item));
    return name === 'anyOf' ? items.flatMap(branchesOf) : items;
  }
  if (!(value instanceof Object)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, plain(each, key)] as const);
  if (!ordered.test(name)) entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries);
}

const branchesOf = (branch: unknown): unknown[] =>
  branch instanceof Object && 'anyOf' in branch && Array.isArray(branch.anyOf)
    ? branch.anyOf
    : [branch];

const linesOf = (document: unknown) => JSON.stringify(plain(document), null, 1).split('\n');

describe.each<[string, AccountPart[]]>([
  ['none', []],
  ['mail', ['mail']],
  ['oidc', ['oidc']],
  ['browser', ['browser']],
  ['mail,browser,oidc', ['mail', 'browser', 'oidc']],
])('the same backend on both stacks, with parts of accounts: %s', (flag, accounts) => {
  let projects: { express: string; fastapi: string };
  let database: Awaited<ReturnType<typeof createDatabase>>;

  beforeAll(async () => {
    const folder = await ownFolder(`documents-${flag}`);
    const gen = `node ${await builtTool()}/bin/gen.js apply --yes`;
    const flags = `shop --stack fastapi --accounts ${flag} --yes --no-git`;
    await mustRun(`node ${await builtTool()}/bin/create-backend.js ${flags}`, folder);
    projects = {
      fastapi: join(folder, 'shop'),
      express: await copyProject(
        await installedProject(flag),
        await ownFolder(`documents-express-${flag}`),
      ),
    };
    for (const stack of ['express', 'fastapi'] as const) {
      await writeFile(join(projects[stack], 'backend.json'), manifestOf(stack, accounts));
      await mustRun(gen, projects[stack]);
    }
    database = await createDatabase();
  });
  afterAll(() => database?.drop());

  it('describes itself by the same document, in the same order', async () => {
    const { url } = database;
    const express = await documentOf(projects.express, 'node --import tsx src/main.ts', url);
    const fastapi = await documentOf(projects.fastapi, '.venv/bin/python -m app', url);
    expect(linesOf(fastapi)).toEqual(linesOf(express));
    expect(Object.keys(Object(express).paths).length).toBeGreaterThan(50);
  });
});
