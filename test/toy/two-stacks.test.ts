import { describe, expect, it } from 'vitest';
import { manifestJsonSchema, parseManifest } from '../../src/manifest/manifest.ts';
import { projectSettings } from '../../src/manifest/project-table.ts';
import { stacks as builtIn } from '../../src/stacks/stacks.ts';
import { refusal } from '../manifest/refusal.ts';
import { stacks as toys } from './toy.ts';

const { express } = builtIn;
const both = { express, ...toys };

const text = (stack: string, packageManager: string, more: object = {}) =>
  JSON.stringify({ name: 'shop', stack, auth: 'none', packageManager, ...more });

const withEndpoint = (name: string) => ({
  endpoints: { [name]: { fields: { title: { type: 'string' } } } },
});

const parse = (json: string) => parseManifest(json, 'backend.json', both);

describe('where there are two stacks, a manifest', () => {
  it.each([
    ['express', 'npm', {}],
    ['toy', 'rocks', {}],
    ['express', 'npm', withEndpoint('apps')],
    ['toy', 'rocks', { basePath: '/docs' }],
  ])('of %s is read by its own rules: %s %j', (stack, manager, more) => {
    expect(parse(text(stack, manager, more))).toMatchObject({ stack, packageManager: manager });
  });

  it.each([
    ['express', 'rocks', {}, 'Expected "npm" or "pnpm" or "yarn" or "bun".'],
    ['toy', 'npm', {}, 'Expected "rocks".'],
    ['toy', 'rocks', withEndpoint('apps'), 'already means something else in Lua'],
    ['express', 'npm', { basePath: '/docs' }, 'none below /health, /ready or /docs.'],
    ['toy', 'rocks', { basePath: '/ping' }, 'none below /ping.'],
    ['lua', 'rocks', {}, 'Expected "express" or "toy".'],
  ])('of %s is refused by its own rules: %s %j', (stack, manager, more, message) => {
    expect(refusal(() => parse(text(stack, manager, more))).message).toContain(message);
  });

  it('has one schema, which takes what is right on one of them', () => {
    expect(manifestJsonSchema(both)).toMatchObject({
      properties: {
        stack: { enum: ['express', 'toy'] },
        packageManager: { enum: ['npm', 'pnpm', 'yarn', 'bun', 'rocks'] },
      },
    });
  });

  it('is of the stack that its package manager installs', () => {
    const { values } = projectSettings.stack.choice;
    expect(values(both, {})).toEqual(['express', 'toy']);
    expect(values(both, { packageManager: 'rocks' })).toEqual(['toy']);
  });
});
