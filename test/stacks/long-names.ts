import { withAccounts } from '../../src/manifest/accounts.ts';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { emptyManifest, grown, withUserFields } from './manifests.ts';

const words = 'quarterlyreconciliationdepartments';

/** A name of so many letters; no two with another start are alike. */
const nameOf = (start: string, length: number) =>
  `${start}${words}${words}`.slice(0, Math.max(length, start.length + 1));

/** A backend with so many roles of such a length. Every second of them may read everything. */
function withRoles(count: number, length: number): Manifest {
  const names = Array.from({ length: count }, (_, at) => nameOf('abcdefghij'[at] ?? '', length));
  const [usual = '', ...others] = names;
  const readsAll = others.slice(0, -1).filter((_, at) => at % 2 === 0);
  const roles = { names, default: usual, admin: names.at(-1) ?? '', readsAll };
  const manifest = withAccounts({ ...emptyManifest, auth: 'jwt', graphql: true, roles });
  return withUserFields(
    manifest,
    `${nameOf('w', length)}:string:optional:filter`,
    `${nameOf('z', length)}:enum:${nameOf('x', length)},${nameOf('y', length)}:optional:filter:sort`,
  );
}

/** Endpoints that use a list of roles, and their own names, wherever one of them is written. */
function endpoints({ roles }: Manifest, length: number, fieldLength = length): EndpointRequest[] {
  const some = (roles?.names.slice(1) ?? ['moderator']).join('|');
  const name = (start: string) => `${nameOf(start, length)}s`;
  const field = (start: string) => nameOf(start, fieldLength);
  const [guarded, owned, open, nested] = ['g', 'h', 'j', 'k'].map(name);
  const fields = [
    `${field('l')}:string:min=2:max=80:search:sort:filter:unique`,
    `${field('m')}:integer:min=1:max=9:filter:sort`,
    `${field('n')}:enum:${field('x')},${field('y')}:filter:sort`,
    `${field('o')}:decimal:optional:filter`,
  ];
  const rule = (...rules: string[]) => rules.join(',');
  return [
    {
      name: guarded ?? '',
      fields: [...fields, `${field('p')}:ref:users`],
      access: rule(`read=${some}`, `create=${some}`, `update=${some}`, `delete=${some}`),
      rateLimit: '100/minute',
    },
    {
      name: owned ?? '',
      fields: [...fields, `${field('q')}:ref:users:owner`, `${field('r')}:ref:${guarded}:optional`],
      access: rule(`read=owner|${some}`, `update=owner|${some}`, `delete=owner|${some}`),
    },
    {
      name: open ?? '',
      fields: [...fields, `${field('s')}:ref:${owned}`, `${field('t')}:ref:users`],
      access: 'read=public,create=public,update=public,delete=public',
      pagination: 'offset',
    },
    {
      name: nested ?? '',
      fields: [`${field('u')}:ref:${owned}:filter`, `${field('v')}:ref:${guarded}`],
      under: owned,
      access: rule(`read=${some}`, `create=${some}`, `update=${some}`, `delete=${some}`),
    },
  ];
}

const rolesAlike = [1, 3, 5, 9].flatMap((count) =>
  [4, 8, 12, 16, 20].map((size) => ({ count, size })),
);
// The names of indexes hold both, and have 63 letters at most.
const namesAlike = [
  ...[4, 7, 10, 13, 16, 19, 22].map((size) => [size, size] as const),
  ...[10, 14, 18, 22, 26, 30].map((size) => [size, 5] as const),
  ...[10, 14, 18, 22, 26, 30, 34, 38].map((size) => [5, size] as const),
];

const plain = withAccounts({ ...emptyManifest, auth: 'jwt', graphql: true });

const ordinaryNames = (
  'tags posts orders invoices documents customers suppliers campaigns addresses categories ' +
  'warehouses departments attachments subscribers appointments notifications transactions organizations'
).split(' ');

/** Backends whose lines have every length around the longest that there may be. */
export const longNames: [name: string, manifest: Manifest][] = [
  ...rolesAlike.map(({ count, size }): [string, Manifest] => {
    const roles = withRoles(count + 1, size);
    return [`${count} roles of ${size} letters`, grown(roles, ...endpoints(roles, 6))];
  }),
  ...namesAlike.map(([size, ofFields]): [string, Manifest] => {
    const roles = withRoles(4, 12);
    const name = `endpoints of ${size} letters with fields of ${ofFields}`;
    return [name, grown(roles, ...endpoints(roles, size, ofFields))];
  }),
  ...[8, 14, 20].map((size): [string, Manifest] => [
    `users with one filter of ${size} letters`,
    withUserFields(plain, `${nameOf('w', size)}:string:optional:filter`),
  ]),
  ['ordinary names', grown(plain, ...ordinaryNames.map((name) => ({ name, fields: ['title'] })))],
];
