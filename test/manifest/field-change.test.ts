import { describe, expect, it } from 'vitest';
import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { FieldRequest } from '../../src/manifest/field-command.ts';
import { formatField } from '../../src/manifest/field-grammar.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { manifestWith } from '../stacks/manifests.ts';
import { refusal } from './refusal.ts';

const { rules } = stacks.express;

const manifest = manifestWith(
  { name: 'people', fields: ['name'] },
  { name: 'posts', fields: ['title:string', 'author:ref:people', 'note:text'] },
);

const endpoint = 'posts';

/** The fields of posts once it is done, as they are typed. */
function fieldsAfter(request: FieldRequest): string[] {
  const { after } = parseFieldChange(request, manifest, rules);
  const fields = after.endpoints.posts?.fields ?? {};
  return Object.entries(fields).map(([name, field]) => formatField(name, field));
}

describe('what was asked for', () => {
  const [title, author, note] = ['title:string', 'author:ref:people', 'note:text'];

  it.each<[string, FieldRequest, string[]]>([
    [
      'adds fields behind the others',
      { kind: 'add', endpoint, fields: ['summary:text:optional', 'slug:string:unique'] },
      [title, author, note, 'summary:text:optional', 'slug:string:unique'],
    ],
    [
      'finds the endpoint in any spelling',
      { kind: 'add', endpoint: 'Post', fields: ['rank:integer'] },
      [title, author, note, 'rank:integer'],
    ],
    [
      'adds nothing that is there just so',
      { kind: 'add', endpoint, fields: ['title', 'rank:integer'] },
      [title, author, note, 'rank:integer'],
    ],
    [
      'makes a field what was typed, in its place',
      { kind: 'change', endpoint, fields: ['title:string:max=80:search'] },
      ['title:string:max=80:search', author, note],
    ],
    [
      'renames a field in its place',
      { kind: 'rename', endpoint, from: 'title', to: 'headline' },
      ['headline:string', author, note],
    ],
    [
      'renames a ref by its names in JSON',
      { kind: 'rename', endpoint, from: 'authorId', to: 'writerId' },
      [title, 'writer:ref:people', note],
    ],
    [
      'removes fields by either name',
      { kind: 'remove', endpoint, names: ['authorId', 'note'] },
      [title],
    ],
  ])('%s', (_case, request, expected) => {
    expect(fieldsAfter(request)).toEqual(expected);
  });

  it('tells which field goes on under another name', () => {
    const request = { kind: 'rename' as const, endpoint, from: 'author', to: 'writer' };
    expect(parseFieldChange(request, manifest, rules).renames).toEqual({
      fields: { posts: { author: 'writer' } },
    });
    const same = { ...request, to: 'author' };
    expect(parseFieldChange(same, manifest, rules).renames).toEqual({});
  });
});

describe('what cannot be done is refused, with the command that was meant, or the help', () => {
  it.each<[string, FieldRequest, string[], string]>([
    [
      'an endpoint that is not there',
      { kind: 'add', endpoint: 'psots', fields: ['a'] },
      ['There is no endpoint `psots`. Did you mean `posts`?'],
      'gen field add posts a',
    ],
    [
      'a new field by the name of another',
      { kind: 'add', endpoint, fields: ['title:text'] },
      [
        '`title` exists already with another definition. Expected a new name; `gen field change` changes a field.',
      ],
      'gen field add --help',
    ],
    [
      'a name in JSON that is taken',
      { kind: 'add', endpoint, fields: ['authorId:uuid'] },
      [
        '`author` and `authorId` would both be `authorId` in JSON. Rename or leave out one of them.',
      ],
      'gen field add --help',
    ],
    [
      'every field that is wrong at once',
      { kind: 'add', endpoint, fields: ['a:strng', 'id:uuid'] },
      [
        '`a` has the type `strng`, which does not exist. Did you mean `string`?',
        '`id` is reserved. Every row has `id`, `createdAt` and `updatedAt` already: leave it out.',
      ],
      'gen field add posts a:string',
    ],
    [
      'a change of a field that is not there',
      { kind: 'change', endpoint, fields: ['titel:text'] },
      ['There is no field `titel`. Did you mean `title`?'],
      'gen field change posts title:text',
    ],
    [
      'a rename to a name that is taken',
      { kind: 'rename', endpoint, from: 'title', to: 'note' },
      ['`note` is given twice. Expected each field once.'],
      'gen field rename --help',
    ],
    [
      'a rename that was done before',
      { kind: 'rename', endpoint, from: 'headline', to: 'title' },
      [
        'There is no field `headline`, but there is `title`. Expected an existing field: perhaps it is renamed already.',
      ],
      'gen field rename --help',
    ],
    [
      'a rename to no name',
      { kind: 'rename', endpoint, from: 'title', to: '2nd' },
      [
        '`2nd` is not a name for a field. Expected letters and digits, beginning with a lowercase letter, such as `placedAt`.',
      ],
      'gen field rename --help',
    ],
    [
      'an endpoint and a field that are not there',
      { kind: 'change', endpoint: 'psots', fields: ['titel:text:private'] },
      ['There is no endpoint `psots`. Did you mean `posts`?'],
      'gen field change --help',
    ],
    [
      'an endpoint that is like no other',
      { kind: 'remove', endpoint: 'invoices', names: ['title'] },
      ['There is no endpoint `invoices`. Expected one of: `people`, `posts`.'],
      'gen field remove --help',
    ],
    [
      'the removal of a field that is not there',
      { kind: 'remove', endpoint, names: ['titel', 'note'] },
      ['There is no field `titel`. Did you mean `title`?'],
      'gen field remove posts title note',
    ],
    [
      'the removal of a field that is like no other',
      { kind: 'remove', endpoint, names: ['price', 'note'] },
      ['There is no field `price`. Expected one of: `title`, `author`, `note`.'],
      'gen field remove --help',
    ],
    [
      'the removal of every field',
      { kind: 'remove', endpoint, names: ['title', 'author', 'note'] },
      ['`posts` has no fields. Expected at least one, such as `title:string`.'],
      'gen field remove --help',
    ],
  ])('%s', (_case, request, problems, command) => {
    const refused = refusal(() => parseFieldChange(request, manifest, rules));
    expect(refused.message.split('\n')).toEqual(problems);
    expect(refused.command).toBe(command);
  });
});
