import type { Manifest } from '../../../src/manifest/manifest.ts';
import { type KnownRoles, knownRoles } from '../../../src/manifest/roles.ts';
import { describeAll, type Resource } from '../../../src/stacks/resource.ts';
import type { Random } from '../../walks/random.ts';
import { anyAccountRequest } from './accounts.ts';
import { type Compared, compare, type Difference, type Request } from './compare.ts';
import { createPairs, isObject } from './pairs.ts';
import { anyRequest, type World } from './requests.ts';

type Services = {
  manifest: Manifest;
  /** Of the service on Express, and of the one on FastAPI. Both have the same rows, or none. */
  urls: readonly [string, string];
  /** Who administers both, where there are accounts. */
  admin?: { email: string; password: string };
};

/** Asks two services the same, so many times. Answers what they answered otherwise. */
export async function differ(
  { manifest, urls, admin }: Services,
  random: Random,
  requests: number,
): Promise<{ differences: Difference[]; statuses: Record<string, number> }> {
  const pairs = createPairs();
  const resources = describeAll(manifest);
  const world: World = {
    resources,
    basePath: manifest.basePath,
    rows: new Map(),
    tags: [],
    cursors: [],
    tokens: [],
    refreshTokens: [],
    keys: [],
    count: 0,
  };
  const differences: Difference[] = [];
  const statuses: Record<string, number> = {};
  const send = async (request: Request) => {
    const compared = await compare(urls, request, pairs);
    differences.push(...compared.differences);
    const { status } = compared.answers[0];
    statuses[status] = (statuses[status] ?? 0) + 1;
    remember(request, compared);
  };

  /** Later requests use what this one made. */
  function remember({ method, path }: Request, { answers }: Compared): void {
    const [one, other] = answers;
    if (one.status !== other.status || !isObject(one.body)) return;
    const { etag } = one.headers;
    if (etag) world.tags.push(pairs.marked(0, etag));
    const { data, meta } = one.body;
    if (isObject(meta) && typeof meta.nextCursor === 'string') {
      world.cursors.push(pairs.marked(0, meta.nextCursor));
    }
    if (!isObject(data)) return;
    const { accessToken, refreshToken, user } = data;
    if (typeof accessToken === 'string') world.tokens.push(pairs.marked(0, accessToken));
    if (typeof refreshToken === 'string') world.refreshTokens.push(pairs.marked(0, refreshToken));
    if (isObject(user)) addRow('users', user.id);
    const made = resources.find((each) => method === 'POST' && isListOf(each, path));
    if (made && one.status === 201) addRow(made.names.plural, data.id);
  }

  function addRow(plural: string, id: unknown): void {
    if (typeof id !== 'string') return;
    const rows = world.rows.get(plural) ?? [];
    const mark = pairs.marked(0, id);
    if (!rows.includes(mark)) world.rows.set(plural, [...rows, mark]);
  }

  if (admin) {
    for (const request of signIn(admin, knownRoles(manifest.roles), manifest.basePath)) {
      await send(request(world));
    }
  }
  for (let count = 0; count < requests; count += 1) {
    const isOfAccounts = admin !== undefined && random.chance(count < 30 ? 60 : 12);
    await send(isOfAccounts ? anyAccountRequest(world, random) : anyRequest(world, random));
  }
  return { differences, statuses };
}

/** Signs in who administers, and a user of each role, who gets it from them. */
function signIn(
  admin: { email: string; password: string },
  { names, admin: highest }: KnownRoles,
  basePath: string,
): ((world: World) => Request)[] {
  const request = (method: string, path: string, data: unknown, token?: string): Request => ({
    method,
    path: `${basePath}${path}`,
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ data }),
  });
  const others = names.filter((role) => role !== highest);
  return [
    () => request('POST', '/auth/login', admin),
    ...others.flatMap((role) => {
      const user = { email: `${role}@example.com`, password: admin.password };
      return [
        () => request('POST', '/auth/register', user),
        ({ rows, tokens }: World) =>
          request('PATCH', `/users/${rows.get('users')?.at(-1)}`, { role }, tokens[0]),
        () => request('POST', '/auth/login', user),
      ];
    }),
  ];
}

const isListOf = ({ names }: Resource, path: string) => path.endsWith(`/${names.path}`);

/** The differences, those of one kind once, as a person reads them. */
export function tell(differences: readonly Difference[]): string {
  return differences
    .map(({ request, differs, express, fastapi }) => {
      const { method, path, headers, body } = request;
      const sent = `${method} ${path} ${JSON.stringify(headers)}\n  ${body?.slice(0, 600) ?? ''}`;
      const [one, other] = [express, fastapi].map((each) => JSON.stringify(each)?.slice(0, 700));
      return `${sent}\n  ${differs}\n    express ${one}\n    fastapi ${other}`;
    })
    .join('\n');
}
