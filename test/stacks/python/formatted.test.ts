import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withAccounts } from '../../../src/manifest/accounts.ts';
import type { EndpointRequest } from '../../../src/manifest/endpoint.ts';
import type { Manifest } from '../../../src/manifest/manifest.ts';
import { fastapi } from '../../../src/stacks/fastapi/fastapi.ts';
import { longNames } from '../long-names.ts';
import {
  accountsManifest,
  choicesOfParts,
  emptyManifest,
  everything,
  grown,
  servicesNamedAlike,
} from '../manifests.ts';
import { oldShapes } from '../old-shapes.ts';
import { pyproject, ruffProblems } from './by-ruff.ts';

const python = (manifest: Manifest): Manifest => ({
  ...manifest,
  stack: 'fastapi',
  packageManager: 'uv',
});

const words = ['class', 'import', 'none', 'list', 'type', 'str', 'json', 'schema', 'self', 'len'];

/** Endpoints and fields whose names are letters, or words of Python. */
const shortNames: EndpointRequest[] = [
  { name: 'a', fields: ['b', 'c:integer:filter:sort', 'd:text:search:optional'] },
  { name: 'x', fields: ['y:ref:a:filter'], under: 'a', pagination: 'offset' },
  ...['class', 'none', 'match', 'print', 'type', 'row', 'case'].map((name) => ({
    name,
    fields: words.map((word) => `${word}:string:optional:filter:search`),
  })),
];

const owned: EndpointRequest[] = [
  { name: 'customers', fields: ['name:string:search'], access: 'read=owner' },
  {
    name: 'orders',
    fields: ['customer:ref:customers', 'at:datetime:sort', 'by:ref:users:owner'],
    under: 'customers',
    access: 'read=owner,create=user,update=owner,delete=owner',
    rateLimit: '20/hour',
  },
  { name: 'notes', fields: ['at:datetime:readonly:optional'], access: 'read=public,create=admin' },
];

const [open, closed] = [emptyManifest, accountsManifest].map((each) => ({
  ...each,
  graphql: true,
}));
if (!open || !closed) throw new Error('a manifest is missing');
/** More fields, and more endpoints, than Ruff counts as simple. */
const many: EndpointRequest[] = [
  {
    name: 'measures',
    fields: Array.from({ length: 60 }, (_, at) => `value${at}:decimal:optional:filter:sort`),
  },
  {
    name: 'flags',
    fields: Array.from({ length: 60 }, (_, at) => `flag${at}:string:unique:search`),
  },
  ...Array.from({ length: 30 }, (_, at) => ({
    name: `links${at}`,
    fields: Array.from({ length: 12 }, (__, to) => `to${to}:ref:measures:filter`),
  })),
];

const endpoints: [name: string, manifest: Manifest][] = [
  ['every type and modifier', grown(python(emptyManifest), ...everything)],
  ['every type and modifier, with accounts', grown(python(accountsManifest), ...everything)],
  ['rows with owners', grown(python(accountsManifest), ...owned)],
  ['users without a password', python({ ...accountsManifest, accounts: ['oidc'] })],
  ['short names and words of Python', grown(python(emptyManifest), ...shortNames)],
  ['the same with accounts', grown(python(accountsManifest), ...shortNames)],
  ['every type and modifier, in GraphQL', grown(python(open), ...everything)],
  ['rows with owners, in GraphQL', grown(python(closed), ...owned)],
  ['short names and words of Python, in GraphQL', grown(python(closed), ...shortNames)],
  ['many fields and endpoints', grown(python(accountsManifest), ...many)],
  ['old versions of every kind of change', oldShapes(python(emptyManifest))],
  ['the same with accounts', oldShapes(python(accountsManifest))],
  ...longNames,
];

const projects: [name: string, manifest: Manifest][] = [
  ['without accounts', python(emptyManifest)],
  ['with accounts', python(accountsManifest)],
  ...choicesOfParts.map(({ accounts, graphql }): [string, Manifest] => [
    `with ${accounts} and GraphQL: ${graphql}`,
    withAccounts({ ...python(accountsManifest), accounts, graphql }),
  ]),
  ['with services', python({ ...emptyManifest, services: servicesNamedAlike })],
  ['with services and accounts', python({ ...accountsManifest, services: servicesNamedAlike })],
  ['with one service', python({ ...emptyManifest, services: { tax: {} } })],
  ['with GraphQL', python(open)],
  ['with GraphQL and accounts', python(closed)],
  ['with old versions', oldShapes(python(emptyManifest))],
  ['with old versions, accounts and GraphQL', oldShapes(python(closed))],
  ['with GraphQL of endpoints', grown(python(closed), ...owned)],
  ['with GraphQL of short names', grown(python(closed), ...shortNames)],
  ...longNames.map(([name, manifest]): [string, Manifest] => [name, python(manifest)]),
];

function problemsOf(files: readonly { path: string; content: string }[]): string[] {
  const sources = files.filter(({ path }) => path.endsWith('.py'));
  return sources.flatMap(({ path, content }) => ruffProblems(path, content));
}

describe('Ruff has nothing to say of a project', () => {
  it.each(projects)('%s', (_, manifest) => {
    expect(problemsOf(fastapi.renderProject(manifest, '1.0.0'))).toEqual([]);
  });
});

describe('Ruff has nothing to say of endpoints', () => {
  it.each(endpoints)('%s', (_, manifest) => {
    const shown = python(manifest);
    const files = Object.keys(shown.endpoints).flatMap((each) => [
      ...fastapi.renderEndpoint(shown, each),
      fastapi.renderCreation(shown, each, '20260131120000'),
    ]);
    expect(problemsOf(files)).toEqual([]);
  });
});

// Ruff changes its layout in minor versions only.
it('is the formatter that a project has', () => {
  const own = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const [, version] = /"@astral-sh\/ruff-wasm-nodejs": "(\d+\.\d+)\./.exec(own) ?? [];
  expect(pyproject).toContain(`"ruff==${version}.`);
});
