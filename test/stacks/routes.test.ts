import { describe, expect, it } from 'vitest';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { addEndpoint } from '../../src/manifest/manifest.ts';
import { express } from '../../src/stacks/express/express.ts';
import type { Route } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { accountsManifest, emptyManifest, everything, manifestWith } from './manifests.ts';

const { rules } = stacks.express;

const accounts: Manifest = { ...accountsManifest, basePath: '/api/v1' };

/** Every rule of access, flat and nested, with all operations and with some. */
const guarded = (
  [
    { name: 'notes' },
    { name: 'pages', access: 'read=public' },
    { name: 'tags', access: 'read=owner,create=admin,update=moderator,delete=admin' },
    {
      name: 'files',
      access: 'read=moderator,create=moderator,update=admin,delete=moderator',
      only: 'list,update',
    },
    { name: 'mails', access: 'read=admin,create=public,update=user,delete=user' },
    { name: 'blog-posts', fields: ['author:ref:users'], under: 'users', access: 'create=admin' },
    { name: 'votes', fields: ['post:ref:blogPosts'], under: 'blogPosts', only: 'create,delete' },
  ] satisfies (Omit<EndpointRequest, 'fields'> & { fields?: string[] })[]
).reduce((manifest, request) => {
  const { names, endpoint } = parseEndpoint({ fields: ['title'], ...request }, manifest, rules);
  return addEndpoint(manifest, names.plural, endpoint);
}, accounts);

type Found = { method: string; path: string; security: string | undefined; file: string };

/** What the rendered code itself mounts and documents; who may is as the documentation says it. */
function foundIn(manifest: Manifest): Found[] {
  const endpoints = Object.keys(manifest.endpoints);
  const files = [
    ...express.renderProject(manifest, '1.0.0'),
    ...endpoints.flatMap((plural) => express.renderEndpoint(manifest, plural)),
  ];
  return files.flatMap(({ path: file, content }) => {
    if (/^src\/http\/(health|docs)\.ts$/.test(file)) return mountedIn(file, content);
    return file.endsWith('.openapi.ts') ? describedIn(file, content, manifest) : [];
  });
}

function mountedIn(file: string, content: string): Found[] {
  const routes = content.matchAll(/\.route\('(.+?)'\)\s+\.(\w+)\(/g);
  return [...routes].map(([, path = '', method = '']) => {
    return { method: method.toUpperCase(), path, security: undefined, file };
  });
}

function describedIn(file: string, content: string, { basePath }: Manifest): Found[] {
  return content.split(/^ {2}(?='\/)/m).flatMap((part) => {
    const [, path = ''] = /^'(.+?)'/.exec(part) ?? [];
    return part.split(/^ {4}(?=[a-z]+: \{$)/m).flatMap((operation) => {
      const [, method] = /^(\w+): \{$/m.exec(operation) ?? [];
      if (operation.startsWith("'") || method === undefined || path === '') return [];
      const route = path.replace(/\{(\w+)\}/g, ':$1');
      const [, security] = /\.\.\.(secured.*\(.*\)),$/m.exec(operation) ?? [];
      const routes = file.replace('.openapi.', '.routes.');
      return { method: method.toUpperCase(), path: basePath + route, security, file: routes };
    });
  });
}

const securityOf = new Map([
  ['user', 'secured()'],
  ['moderator', "secured('moderator', 'admin')"],
  ['admin', "secured('admin')"],
]);

/** Moderators read what owners read. */
function documented({ access, method }: Route) {
  if (access !== 'owner') return securityOf.get(access);
  return `securedForOwner(${method === 'GET' ? "'moderator', 'admin'" : "'admin'"})`;
}

const inOrder = (routes: Found[]) =>
  routes.map((route) => JSON.stringify(route, ['method', 'path', 'security', 'file'])).sort();

describe('the list of routes', () => {
  it.each([
    ['a new project', emptyManifest, 4],
    ['accounts', accounts, 4 + 5 + 5 + 6],
    ['every kind of endpoint', manifestWith(...everything), 76],
    ['every rule of access', guarded, 57],
  ])('is what the code of %s mounts and documents', (_, manifest, count) => {
    const listed = express.listRoutes(manifest).map((route) => {
      return {
        method: route.method,
        path: route.path,
        file: route.file,
        security: documented(route),
      };
    });
    expect(inOrder(listed)).toEqual(inOrder(foundIn(manifest)));
    expect(listed).toHaveLength(count);
  });

  it('tells rows of their own owner from those of every user', () => {
    const accessOf = (method: string, path: string) =>
      express.listRoutes(guarded).find((each) => each.method === method && each.path === path)
        ?.access;
    expect(accessOf('GET', '/api/v1/notes')).toBe('user');
    expect(accessOf('PATCH', '/api/v1/notes/:id')).toBe('owner');
    expect(accessOf('GET', '/api/v1/tags/:id')).toBe('owner');
    expect(accessOf('POST', '/api/v1/users/:authorId/blog-posts')).toBe('admin');
  });
});
