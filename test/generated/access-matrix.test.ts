import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, it, vi } from 'vitest';
import { type Random, seeded } from '../walks/random.ts';
import { installedProject } from './accounts/project.ts';
import { expectGreenIn } from './checks.ts';
import { copyProject, ownFolder } from './projects.ts';
import { mustRun } from './run.ts';

vi.setConfig({ testTimeout: 480_000, hookTimeout: 480_000 });

const seed = Number(process.env.MATRIX_SEED ?? 1);
const count = Number(process.env.MATRIX_COUNT ?? 16);

const names = ['user', 'editor', 'moderator', 'support', 'admin'];
const roles = { names, default: 'user', admin: 'admin', readsAll: ['moderator'] };

/** Rows that others refer to, one kind for each rule of who reads them. */
const targets = {
  drafts: 'read=owner',
  reports: 'read=moderator,create=moderator,update=moderator,delete=admin',
  ledgers: 'read=admin,create=admin,update=admin,delete=admin',
  letters: 'read=owner|editor',
  files: 'read=editor|support',
  topics: 'read=public',
  teams: 'read=user',
};

/** Users with fields of several kinds, and rules of access by chance. */
function usersBy({ pick, chance }: Random): { fields: string[]; access: Record<string, string> } {
  const others = ['admin', 'moderator', 'support|moderator', 'editor'];
  const ofSelf = ['owner', 'owner|moderator', 'owner|support'];
  return {
    fields: [
      'displayName:string:max=60:optional:search',
      `birthday:date:optional${pick([':self', ':self:unique', ''])}`,
      `score:integer:default=0${pick([':self:readonly', ':self', ':filter:sort'])}`,
      'manager:ref:users:optional:filter',
      ...(chance(50) ? ['note:string:optional:private'] : []),
    ],
    access: {
      read: pick([...ofSelf, ...others]),
      create: pick(others),
      update: pick([...ofSelf, ...others]),
      delete: pick(['owner', 'admin']),
    },
  };
}

/** Rules of access and references by chance. */
function endpointOf(number: number, { below, chance, pick }: Random): string {
  const plural = `things${number}s`;
  const plurals = [...Object.keys(targets), 'users'];
  const from = below(plurals.length);
  const refs = [...plurals.slice(from), ...plurals.slice(0, from)].slice(0, 1 + below(3));
  const under = chance(50) ? refs[0] : undefined;
  const ofRoles = ['moderator', 'admin', 'editor', 'editor|support', 'support|moderator'];
  const create = pick(['public', 'user', ...ofRoles]);
  const hasOwner = create !== 'public' && chance(30);
  const fields = refs.map((name) => {
    if (name === 'users' && hasOwner) return `${name}:ref:${name}:owner`;
    const isOptional = name !== under && chance(50);
    return `${name}:ref:${name}${isOptional ? ':optional' : ''}`;
  });
  if (hasOwner && !refs.includes('users')) fields.push('keeper:ref:users:owner:filter');
  const ofOwners = create === 'public' ? ['public'] : ['owner', 'owner', 'owner|editor'];
  const levels = ['user', ...ofRoles, ...ofOwners];
  const access = {
    read: pick([...levels, 'public']),
    create,
    update: pick(levels),
    delete: pick(levels),
  };
  const rules = Object.entries(access).map(([action, level]) => `${action}=${level}`);
  const only = pick(['', '', '', 'create,get', 'list,replace', 'create,update']);
  return [
    `npx gen endpoint ${plural} title:string`,
    ...fields,
    ...(chance(20) ? [`above:ref:${plural}:optional`] : []),
    `--access '${rules.join(',')}'`,
    ...(under ? [`--under ${under}`] : []),
    ...(only ? [`--only ${only}`] : []),
    ...(chance(30) ? ['--pagination offset'] : []),
  ].join(' ');
}

describe(`${count} endpoints of random access and references, from seed ${seed}`, () => {
  let project: string;
  beforeAll(async () => {
    project = await copyProject(await installedProject(), await ownFolder('access-matrix'));
    const path = join(project, 'backend.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    const random = seeded(seed);
    const users = usersBy(random);
    manifest.endpoints.users.access = users.access;
    await writeFile(path, JSON.stringify({ ...manifest, roles }, null, 2));
    await mustRun('npx gen apply', project);
    await mustRun(`npx gen field add users ${users.fields.join(' ')}`, project);
    for (const [name, access] of Object.entries(targets)) {
      await mustRun(`npx gen endpoint ${name} name:string --access '${access}'`, project);
    }
    for (let number = 1; number <= count; number += 1) {
      await mustRun(endpointOf(number, random), project);
    }
  });

  it('are green', () => expectGreenIn(project, 'src/auth src/modules'));
});
