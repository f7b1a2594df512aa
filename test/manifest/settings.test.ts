import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { completeSettings, readCreate } from '../../src/cli/create-answers.ts';
import { createProgram } from '../../src/cli/create-program.ts';
import { addEndpointCommand } from '../../src/cli/endpoint-command.ts';
import { newManifest, usualValue } from '../../src/cli/new-manifest.ts';
import { repeatCreate } from '../../src/cli/report-create.ts';
import type { Chosen } from '../../src/manifest/choice-values.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { endpointCommand, requestOf } from '../../src/manifest/endpoint-args.ts';
import { formatManifest } from '../../src/manifest/format-manifest.ts';
import { formatLock, parseLock, readApplied } from '../../src/manifest/lock.ts';
import { addEndpoint, manifestJsonSchema, parseManifest } from '../../src/manifest/manifest.ts';
import { moveEndpoint } from '../../src/manifest/move-endpoint.ts';
import type { Choice } from '../../src/manifest/project-table.ts';
import type { Rules } from '../../src/manifest/rules.ts';
import type { StackEntry } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { emptyManifest } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

// One setting more without a usual value, one with, and one of the project.
vi.mock(import('../../src/manifest/setting-table.ts'), async (original) => {
  const table = await original();
  const place = { takes: 'place', help: 'where rows are kept', schema: () => z.enum(['eu', 'us']) };
  const speed = { ...place, takes: 'kind', schema: () => z.enum(['slow', 'fast']), usual: 'slow' };
  return { ...table, endpointSettings: { ...table.endpointSettings, keptAt: place, speed } };
});
vi.mock(import('../../src/manifest/project-table.ts'), async (original) => {
  const table = await original();
  const regions = ['north', 'south'] as const;
  const choice = { takes: 'region', help: 'where it runs', question: 'Region' };
  const region = {
    schema: () => z.enum(regions).exactOptional(),
    choice: { ...choice, values: () => regions },
  };
  return { ...table, projectSettings: { ...table.projectSettings, region } };
});

const { rules } = stacks.express;
const typed = { name: 'posts', fields: ['title:string'], keptAt: 'eu', speed: 'fast' };
const { names, endpoint } = parseEndpoint(typed, emptyManifest, rules);
const manifest = addEndpoint({ ...emptyManifest, ...{ region: 'north' } }, names.plural, endpoint);

describe('a setting that is added to the schema', () => {
  it('is a flag with its help', () => {
    const program = new Command('gen');
    addEndpointCommand(program, stacks);
    expect(program.commands[0]?.helpInformation()).toMatch(
      /--kept-at <place> +where rows are kept/,
    );
  });

  it('is read from what was typed, and refused where it is wrong', () => {
    expect(endpoint).toMatchObject({ keptAt: 'eu', speed: 'fast' });
    const wrong = () => parseEndpoint({ ...typed, ...{ keptAt: 'moon' } }, emptyManifest, rules);
    expect(refusal(wrong).problems).toEqual([
      { found: '`--kept-at` is `moon`.', expected: expect.stringContaining('"eu"') },
    ]);
  });

  it('is in the command that repeats it, and in the one that makes the endpoint again', () => {
    expect(endpointCommand(typed)).toContain('--kept-at eu --speed fast');
    expect(requestOf('posts', endpoint)).toMatchObject({ keptAt: 'eu', speed: 'fast' });
    expect(parseEndpoint(requestOf('posts', endpoint), emptyManifest, rules).endpoint).toEqual(
      endpoint,
    );
  });

  it('is written, and read again, but for what is usual', () => {
    const text = formatManifest(manifest);
    expect(JSON.parse(text)).toMatchObject({
      region: 'north',
      endpoints: { posts: { keptAt: 'eu', speed: 'fast' } },
    });
    expect(parseManifest(text, 'backend.json', stacks)).toEqual(manifest);
    const usual = parseEndpoint({ name: 'tags', fields: ['name'] }, emptyManifest, rules);
    expect(usual.endpoint).toMatchObject({ speed: 'slow' });
    expect(formatManifest(addEndpoint(manifest, 'tags', usual.endpoint))).not.toContain('slow');
  });

  it('is kept by the lock, with its usual value where it says nothing', () => {
    const usual = parseEndpoint({ name: 'tags', fields: ['name'] }, emptyManifest, rules);
    const both = addEndpoint(manifest, 'tags', usual.endpoint);
    const lock = formatLock('1.0.0', { manifest: both, lineage: {} });
    expect(parseLock(lock, emptyManifest, stacks).sides[0].manifest).toEqual(both);
    expect(readApplied(formatManifest(both), lock, stacks)).toEqual(both);
  });

  it('goes on where the endpoint is renamed', () => {
    const moved = moveEndpoint(manifest, { from: 'posts', to: 'notes' });
    expect(moved.endpoints.notes).toEqual(endpoint);
  });

  it('is in the schema for editors, and among what is expected instead of an unknown one', () => {
    const schema = JSON.stringify(manifestJsonSchema(stacks));
    for (const key of ['keptAt', 'speed', 'region']) expect(schema).toContain(`"${key}":{`);
    const text = formatManifest(manifest).replace('"keptAt"', '"keptAtt"');
    const { problems } = refusal(() => parseManifest(text, 'backend.json', stacks));
    expect(problems[0]?.expected).toBe('Did you mean `keptAt`?');
  });
});

describe('a setting of the project that is added to the table', () => {
  const program = () => createProgram(stacks).action(() => undefined);
  const read = (...flags: string[]) => {
    const command = program().parse(flags, { from: 'user' });
    return readCreate(undefined, command, stacks).given.settings;
  };
  const answers = (settings: Record<string, string>) => ({
    directory: 'shop',
    settings,
    install: true,
    git: true,
  });

  it('is a flag of create-backend with its help and its values', () => {
    expect(program().helpInformation()).toMatch(/--region <region> +where it runs: north, south/);
  });

  it('is read from what was typed, and refused where it is wrong', () => {
    expect(read('--region', 'south')).toMatchObject({ region: 'south' });
    expect(refusal(() => read('--region', 'sout'))).toMatchObject({
      problems: [{ found: '`--region` is `sout`.', expected: 'Did you mean `south`?' }],
      command: 'create-backend my-api --region south',
    });
  });

  it('is asked for where no flag gives it', async () => {
    const asked: string[] = [];
    const answer = async (_name: string, { question, values }: Choice, chosen: Chosen) => {
      const [usual = 'none'] = values(stacks, chosen);
      if (usual !== 'none') asked.push(question);
      return usual;
    };
    const all = await completeSettings(read('--auth', 'none'), answer);
    const agents = 'Files for which coding agents?';
    expect(asked).toEqual(['Stack', 'Which API?', 'Package manager', agents, 'Region']);
    expect(all).toMatchObject({ auth: 'none', region: 'north' });
    expect(await completeSettings(read('--region', 'south'), answer)).toMatchObject({
      region: 'south',
    });
  });

  it('is in the command that repeats it, and in the manifest', async () => {
    const settings = { stack: 'express', auth: 'none', packageManager: 'npm', region: 'south' };
    const answered = answers({ ...settings, accounts: 'none', api: 'both', agents: 'none' });
    expect(repeatCreate(answered, [])).toContain(
      '--stack express --auth none --accounts none --api both --package-manager npm --agents none --region south',
    );
    const stack = await stacks.express.load();
    const manifest = await newManifest(answered, stack, stacks);
    expect(manifest).toMatchObject({ ...settings, graphql: true });
    expect(manifest).not.toHaveProperty('api');
    const rest = await newManifest(answers({ ...settings, api: 'rest' }), stack, stacks);
    expect(rest).not.toHaveProperty('graphql');
  });
});

describe('the parts of accounts', () => {
  const withParts = (stack: StackEntry, accounts: Rules['accounts']): StackEntry => ({
    ...stack,
    rules: { ...stack.rules, accounts },
  });
  /** Stacks of which one has some parts and the other none. */
  const known = {
    express: withParts(stacks.express, ['mail', 'oidc']),
    fastapi: withParts(stacks.fastapi, []),
  };
  const read = (...flags: string[]) => {
    const command = createProgram(known).action(() => undefined);
    return readCreate('shop', command.parse(flags, { from: 'user' }), known).given.settings;
  };
  const made = async (...flags: string[]) => {
    const place = { directory: '/nowhere/shop', stacks: known };
    const settings = await completeSettings(read(...flags), (name, choice, chosen) =>
      usualValue([name, choice], chosen, place),
    );
    const answers = { ...place, settings, install: true, git: true };
    const { load } = known[settings.stack === 'fastapi' ? 'fastapi' : 'express'];
    const manifest = await newManifest(answers, await load(), known);
    return { text: formatManifest(manifest), command: repeatCreate(answers, []) };
  };

  it.each([
    ['all of the stack, by default', [], '"accounts": ["mail", "oidc"]', '--accounts mail,oidc'],
    [
      'all with accounts that a flag asks for',
      ['--auth', 'jwt'],
      '"accounts": ["mail", "oidc"]',
      '--accounts mail,oidc',
    ],
    ['those that are named', ['--accounts', 'oidc'], '"accounts": ["oidc"]', '--accounts oidc'],
    [
      'those that are named, in their order',
      ['--accounts', 'oidc,mail,mail'],
      '"accounts": ["mail", "oidc"]',
      '--accounts oidc,mail,mail',
    ],
    ['none', ['--accounts', 'none'], undefined, '--accounts none'],
    ['none without accounts', ['--auth', 'none'], undefined, '--auth none --accounts none'],
    ['none where the stack has none', ['--stack', 'fastapi'], undefined, '--accounts none'],
  ])('are %s', async (_case, flags, line, flag) => {
    const { text, command } = await made(...flags);
    expect(text.match(/"accounts": .*\]/)?.[0]).toBe(line);
    expect(command).toContain(`${flag} --api rest`);
  });

  it.each([
    [
      'an unknown one',
      ['--accounts', 'mial'],
      { found: '`--accounts` is `mial`.', expected: 'Did you mean `mail`?' },
      'create-backend shop --accounts mail',
    ],
    [
      'an unknown one among others',
      ['--accounts', 'mail,phone'],
      {
        found: '`--accounts` names `phone`.',
        expected: 'Expected some of `mail`, `oidc`, separated by commas, or `none`.',
      },
      'create-backend --help',
    ],
    [
      'one without accounts',
      ['--auth', 'none', '--accounts', 'mail'],
      { found: '`--accounts` is `mail`.', expected: 'Expected `none`: there are no such parts.' },
      'create-backend shop --accounts none',
    ],
  ])('are refused where there is %s', (_case, flags, problem, command) => {
    expect(refusal(() => read(...flags))).toMatchObject({ problems: [problem], command });
  });

  it.each([
    [{ auth: 'none', accounts: ['mail'] }, 'no accounts', 'no `accounts`, or `"auth": "jwt"`'],
    [{ auth: 'jwt', accounts: [] }, '[]', 'some of: mail, browser, oidc'],
    [{ auth: 'jwt', accounts: 'mail' }, '"mail"', 'some of: mail, browser, oidc'],
    [{ auth: 'jwt', accounts: ['phone'] }, '"phone"', 'some of: mail, browser, oidc'],
    [
      { auth: 'jwt', accounts: ['browser'], stack: 'fastapi', packageManager: 'uv' },
      '"browser"',
      'This stack does not have it.',
    ],
  ])('in backend.json are refused: %j', (given, found, expected) => {
    const text = JSON.stringify({ ...emptyManifest, ...given });
    expect(refusal(() => parseManifest(text, 'backend.json', known)).problems).toEqual([
      { found: expect.stringContaining(found), expected: expect.stringContaining(expected) },
    ]);
  });

  it('keep the names that they take', () => {
    const taken = (accounts: string[], endpoints: object) => () =>
      parseManifest(
        JSON.stringify({ ...emptyManifest, auth: 'jwt', accounts, endpoints }),
        'backend.json',
        stacks,
      );
    const mails = { mails: { fields: { text: { type: 'text' } } } };
    const builtIn = { email: 'built-in', role: 'built-in', disabled: 'built-in' };
    const users = { users: { fields: { ...builtIn, emailVerified: { type: 'boolean' } } } };
    expect(refusal(taken(['mail'], mails)).message).toContain('`mails` exists already');
    expect(refusal(taken(['mail'], users)).message).toContain('`emailVerified` is reserved');
    const cookies = { users: { fields: { ...builtIn, cookie: { type: 'boolean' } } } };
    expect(refusal(taken(['browser'], cookies)).message).toContain('`cookie` is reserved');
    const coded = { users: { fields: { ...builtIn, code: { type: 'string' } } } };
    expect(refusal(taken(['oidc'], coded)).message).toContain('`code` is reserved');
    const tokened = { users: { fields: { ...builtIn, token: { type: 'string' } } } };
    expect(refusal(taken(['mail'], tokened)).message).toContain('`token` is reserved');
  });

  it('go with the accounts, by one line of backend.json', () => {
    const builtIn = { email: 'built-in', role: 'built-in', disabled: 'built-in' };
    const endpoints = { users: { fields: builtIn } };
    const text = JSON.stringify({ ...emptyManifest, auth: 'none', accounts: ['mail'], endpoints });
    expect(parseManifest(text, 'backend.json', stacks)).not.toHaveProperty('accounts');
  });

  it('are in the schema for editors', () => {
    expect(JSON.stringify(manifestJsonSchema(stacks))).toContain(
      '"enum":["mail","browser","oidc"]',
    );
  });
});
