import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { accountsManifest, everything, grown } from './manifests.ts';

const kept = ['people', 'categories', 'news', 'arrays', 'everyValues', 'everyLists'];

/** Every type and modifier, both kinds of pages, and rows that belong to somebody. */
export const clientRequests: EndpointRequest[] = [
  ...everything.filter(({ name }) => kept.includes(name)),
  {
    name: 'posts',
    fields: [
      'title:string:unique:search',
      'status:enum:draft,published:filter:default=draft',
      'views:integer:filter:sort:default=0',
      'author:ref:users:owner',
    ],
    under: 'users',
  },
  {
    name: 'products',
    fields: ['name:string', 'price:decimal:filter:sort'],
    pagination: 'offset',
    access: 'read=public',
  },
  {
    name: 'probes',
    fields: ['note:string'],
    only: 'create',
    access: 'create=public,update=admin,delete=admin',
    rateLimit: '3/second',
  },
];

export const clientManifest: Manifest = grown(accountsManifest, ...clientRequests);
