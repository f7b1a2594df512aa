import { parseFieldChange } from '../../src/manifest/field-change.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addVersion } from '../../src/manifest/version-request.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { grown } from './manifests.ts';

type Change = Parameters<typeof parseFieldChange>[0];

const changes: Change[] = [
  { kind: 'rename', endpoint: 'posts', from: 'title', to: 'headline' },
  { kind: 'rename', endpoint: 'posts', from: 'author', to: 'writer' },
  {
    kind: 'change',
    endpoint: 'posts',
    fields: [
      'status:enum:draft,open:filter:sort',
      'colors:enum:red,green,blue:list',
      'price:decimal:filter',
      'rank:string',
      'note:string',
      'level:integer:min=2:max=9',
    ],
  },
  { kind: 'remove', endpoint: 'posts', names: ['token', 'day', 'site'] },
  { kind: 'add', endpoint: 'posts', fields: ['stars:integer', 'due:date', 'tag:string:unique'] },
  { kind: 'rename', endpoint: 'pages', from: 'title', to: 'name' },
  { kind: 'rename', endpoint: 'pings', from: 'note', to: 'text' },
];

/** The manifest with endpoints, of which an old version has each in another shape. */
export function oldShapes(manifest: Manifest): Manifest {
  const before = grown(
    manifest,
    { name: 'people', fields: ['name'] },
    {
      name: 'posts',
      under: 'people',
      fields: [
        'title:string:search:filter:sort',
        'author:ref:people:filter',
        'status:enum:draft,published:filter:sort',
        'colors:enum:red,green:list',
        'price:integer:filter:sort',
        'rank:integer',
        'note:string:optional',
        'level:integer:min=1:max=5',
        'token:uuid:unique',
        'day:date:filter',
        'site:url:private:optional',
        'slug:string:unique',
      ],
    },
    {
      name: 'pages',
      fields: ['title:string', 'slug:string:unique'],
      pagination: 'offset',
      only: 'list,get,create,replace,delete',
      rateLimit: '100/minute',
    },
    { name: 'pings', fields: ['note:string:optional'], only: 'update' },
  );
  const { rules } = manifest.stack === 'fastapi' ? stacks.fastapi : stacks.express;
  const request = { name: 'v2', today: '2026-11-28', sunset: '2027-05-28' };
  return changes.reduce(
    (each, change) => parseFieldChange(change, each, rules).after,
    addVersion(request, before),
  );
}
