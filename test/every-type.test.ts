import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it, vi } from 'vitest';
import { askEndpoint } from '../src/cli/ask-endpoint.ts';
import { fieldHelp } from '../src/cli/field-help.ts';
import { parseFieldChange } from '../src/manifest/field-change.ts';
import { formatField, parseFields } from '../src/manifest/field-grammar.ts';
import { formatManifest } from '../src/manifest/format-manifest.ts';
import { formatLock, parseLock } from '../src/manifest/lock.ts';
import type { Manifest } from '../src/manifest/manifest.ts';
import { manifestJsonSchema, parseManifest } from '../src/manifest/manifest.ts';
import { modifiers } from '../src/manifest/modifier-table.ts';
import { fieldTypes, typeRow } from '../src/manifest/type-table.ts';
import { stacks } from '../src/stacks/stacks.ts';
import { apply, plan, projectOf } from './plan/virtual.ts';
import { grown, manifestWith, typedWith } from './stacks/manifests.ts';

const prompts = vi.hoisted(() => ({ input: vi.fn(), select: vi.fn(), confirm: vi.fn() }));
vi.mock('@inquirer/prompts', () => prompts);

const { rules } = stacks.express;
const isValid = addFormats.default(new Ajv2020()).compile(manifestJsonSchema(stacks));

const people = manifestWith({ name: 'people', fields: ['name'] });
const endpointOf = (...fields: string[]) => grown(people, { name: 'values', fields });

/** The field alone, with each modifier that it takes, in a list, and with whatever asks for it. */
function variantsOf(type: (typeof fieldTypes)[number]): string[] {
  const { takes, example } = typeRow(type);
  const alone = ['optional', 'unique', 'index', 'private', 'filter'] as const;
  return [
    '',
    ...alone.filter((each) => takes.includes(each)).map((each) => `:${each}`),
    ...(takes.includes('list') ? [':list', ':list:min=1:max=3'] : []),
    ...(takes.includes('default') ? [`:default=${example}`, `:readonly:default=${example}`] : []),
  ]
    .map((words) => typedWith('value', type, words))
    .concat(typedWith('value', type, 'asked for'));
}

describe.each(fieldTypes)('a field of the type %s', (type) => {
  const variants = variantsOf(type);

  it.each(variants)('is the same after it was written and read: %s', (typed) => {
    const fields = parseFields([typed], rules);
    const [[name, field] = ['', undefined]] = Object.entries(fields);
    expect(field && parseFields([formatField(name, field)], rules)).toEqual(fields);

    const manifest = endpointOf(typed);
    const text = formatManifest(manifest);
    expect(parseManifest(text, 'backend.json', stacks)).toEqual(manifest);
    const lock = formatLock('1.0.0', { manifest, lineage: {} });
    expect(parseLock(lock, people, stacks).sides[0].manifest).toEqual(manifest);
    expect([isValid(JSON.parse(text)), isValid.errors]).toEqual([true, null]);
  });

  it.each(modifiers.filter((modifier) => !typeRow(type).takes.includes(modifier)))(
    'has no %s, and it is told why',
    (modifier) => {
      const words = `:${modifier}${modifier === 'default' ? '=1' : /^m/.test(modifier) ? '=1' : ''}`;
      expect(() => parseFields([typedWith('value', type, words)], rules)).toThrow(
        `has the type ${type} and cannot have \`${modifier}\`. `,
      );
    },
  );

  it('is told of in the help and in the README', () => {
    const [types = ''] = fieldHelp().split('\nModifiers:');
    expect(types).toMatch(new RegExp(`\\b${type}\\b`));
    expect(readFileSync('README.md', 'utf8')).toMatch(new RegExp(`^\\| types .*\`${type}\\b`, 'm'));
  });

  it('can be asked for', async () => {
    const answers: Record<string, string[]> = {
      'First field': ['value'],
      'Values of': [typeRow('enum').argument?.example ?? ''],
      'Modifiers of': ['optional'],
      'Next field': [''],
    };
    prompts.input.mockImplementation(
      async ({ message }: { message: string }) =>
        Object.entries(answers).find(([start]) => message.startsWith(start))?.[1][0],
    );
    prompts.select.mockImplementation(
      async ({ message, choices }: { message: string; choices: unknown[] }) => {
        if (message.startsWith('Type of')) {
          expect(choices).toContainEqual({ value: type, description: typeRow(type).says });
          return type;
        }
        return message.startsWith('Endpoint') ? 'people' : 'cursor';
      },
    );
    const { fields } = await askEndpoint({ name: 'values', fields: [] }, people, rules);
    expect(fields).toEqual([typedWith('value', type, ':optional')]);
  });

  it('goes through every change of a project', async () => {
    let texts = projectOf(people);
    let manifest = people;
    const change = async (after: Manifest, renames = {}) => {
      const made = await plan(texts, { before: manifest, after, renames, force: true });
      expect(made.notices.filter(({ kind }) => kind !== 'warning')).toEqual([]);
      texts = apply(texts, made.changes);
      manifest = after;
      return made.changes.map(({ path }) => path).filter((path) => /migrations\/2026/.test(path));
    };
    const field = async (kind: 'add' | 'change', ...fields: string[]) => {
      const { after, renames } = parseFieldChange(
        { kind, endpoint: 'values', fields },
        manifest,
        rules,
      );
      return change(after, renames);
    };

    expect(await change(endpointOf('name', ...variants.slice(0, 1)))).toHaveLength(1);
    for (const typed of variants.slice(1)) await field('change', typed);
    expect(await field('change', 'value:text:optional')).toHaveLength(1);
    expect(await field('change', typedWith('value', type, ':optional'))).toHaveLength(
      type === 'text' ? 0 : 1,
    );
    const renamed = parseFieldChange(
      { kind: 'rename', endpoint: 'values', from: 'value', to: 'other' },
      manifest,
      rules,
    );
    expect(await change(renamed.after, renamed.renames)).toHaveLength(1);
    expect(texts['src/modules/values/values.schema.ts']).toContain('other');
    const removed = parseFieldChange(
      { kind: 'remove', endpoint: 'values', names: ['other'] },
      manifest,
      rules,
    );
    expect(await change(removed.after)).toHaveLength(1);
    expect(texts['src/modules/values/values.schema.ts']).not.toContain('other');
  });
});
