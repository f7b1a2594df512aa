import { randomUUID } from 'node:crypto';
import { extremesOf, refusedBy, sampleOf } from '../../../src/stacks/endpoint/values.ts';
import type { Resource, ResourceField } from '../../../src/stacks/resource.ts';
import type { Random } from '../../walks/random.ts';
import { damaged, oddValues } from '../contract/fuzz.ts';
import type { Request } from './compare.ts';

/** What is known of both services so far: the marks of rows, tags, cursors and tokens. */
export type World = {
  resources: readonly Resource[];
  basePath: string;
  rows: Map<string, string[]>;
  tags: string[];
  cursors: string[];
  tokens: string[];
  refreshTokens: string[];
  keys: string[];
  count: number;
};

type Query = [name: string, value: string][];

const json = { 'Content-Type': 'application/json' };
const writable = ({ fields }: Resource) => fields.filter(({ readonly }) => !readonly);

/** A request that somebody could send: right, nearly right, or wrong. */
export function anyRequest(world: World, random: Random): Request {
  const resource = random.pick(world.resources);
  const kinds = [writing, writing, writing, reading, reading, row, row, odd];
  const request = random.pick(kinds)(world, resource, random);
  const { path } = request;
  const headers = { ...callerOf(world, random), ...request.headers };
  return { ...request, path: `${world.basePath}${path}`, headers };
}

function callerOf({ tokens }: World, random: Random): Record<string, string> {
  if (tokens.length === 0 || random.chance(10)) return {};
  if (random.chance(3)) return { Authorization: random.pick(['Bearer x', 'Basic x', 'Bearer']) };
  return { Authorization: `Bearer ${random.pick(tokens)}` };
}

/** The id of a row that is there, or was; or of none. */
function idIn({ rows }: World, { names }: Pick<Resource, 'names'>, random: Random): string {
  const there = rows.get(names.plural) ?? [];
  if (there.length === 0 || random.chance(7)) {
    return random.pick([randomUUID(), 'none', '0', '00000000-0000-0000-0000-000000000000', '%00']);
  }
  return random.chance(60) ? (there.at(-1) ?? '') : random.pick(there);
}

function sampleFor(world: World, field: ResourceField, random: Random): unknown {
  if (field.parent !== undefined) {
    const id = idIn(world, field.parent, random);
    return field.circular && id.length < 5 ? null : id;
  }
  if (field.optional && random.chance(15)) return null;
  if (random.chance(5)) return random.pick([...extremesOf(field), sampleOf(field, 1)]);
  world.count += 1;
  return sampleOf(field, world.count);
}

function bodyOf(world: World, resource: Resource, random: Random, isPart: boolean): string {
  const body: Record<string, unknown> = {};
  for (const field of writable(resource)) {
    const isLeftOut = isPart ? random.chance(60) : field.optional && random.chance(30);
    if (!isLeftOut) body[field.name] = sampleFor(world, field, random);
  }
  if (random.chance(40)) {
    for (let count = random.pick([1, 1, 2, 3]); count > 0; count -= 1) {
      const field = random.pick(resource.fields);
      const wrong = random.chance(60) ? [...refusedBy(field), ...extremesOf(field)] : oddValues;
      const name = random.chance(90) ? field.name : random.pick(['nonsense', 'id', '__proto__']);
      if (random.chance(15)) delete body[name];
      else
        Object.assign(body, JSON.parse(`{${JSON.stringify(name)}:0}`), {
          [name]: wrongOf(wrong, random),
        });
    }
  }
  const text = JSON.stringify({ data: body });
  return random.chance(6) ? damaged(text, random.pick) : text;
}

const wrongOf = (values: readonly unknown[], random: Random) =>
  random.chance(10)
    ? Array(random.pick([1, 3, 60])).fill(pickAny(values, random))
    : pickAny(values, random);

/** Nothing is undefined in JSON. */
const pickAny = (values: readonly unknown[], random: Random): unknown =>
  values.length === 0 ? null : (values[random.below(values.length)] ?? null);

function writing(world: World, resource: Resource, random: Random): Request {
  const { names, under } = resource;
  const isNested = under?.parent !== undefined && random.chance(40);
  const place =
    isNested && under?.parent
      ? `/${under.parent.names.path}/${idIn(world, under.parent, random)}`
      : '';
  const method = random.pick(['POST', 'POST', 'POST', 'PUT', 'PATCH', 'PATCH']);
  const ofRow = method === 'POST' ? '' : `/${idIn(world, resource, random)}`;
  const path = method === 'POST' ? `${place}/${names.path}` : `/${names.path}${ofRow}`;
  const headers: Record<string, string> = { ...json };
  if (method === 'POST' && random.chance(15)) headers['Idempotency-Key'] = keyIn(world, random);
  if (method !== 'POST' && random.chance(25)) headers['If-Match'] = tagIn(world, random);
  return { method, path, headers, body: bodyOf(world, resource, random, method === 'PATCH') };
}

function keyIn(world: World, random: Random): string {
  if (world.keys.length === 0 || random.chance(50)) world.keys.push(randomUUID());
  return random.chance(10)
    ? random.pick(['', 'a b', 'é', 'x'.repeat(300), '"x"'])
    : random.pick(world.keys);
}

function tagIn({ tags }: World, random: Random): string {
  const there = tags.length === 0 ? ['"none"'] : [tags.at(-1) ?? '', random.pick(tags)];
  const odd = ['*', '"a", "b"', 'W/"a"', 'none', '"', '*, "a"'];
  return random.chance(70)
    ? random.pick(there)
    : random.pick([...odd, ...there.map((tag) => `"a", ${tag}`)]);
}

function row(world: World, resource: Resource, random: Random): Request {
  const method = random.pick(['GET', 'GET', 'GET', 'HEAD', 'DELETE']);
  const path = `/${resource.names.path}/${idIn(world, resource, random)}`;
  const headers: Record<string, string> = {};
  if (method === 'DELETE' && random.chance(50)) headers['If-Match'] = tagIn(world, random);
  if (method !== 'DELETE' && random.chance(40)) headers['If-None-Match'] = tagIn(world, random);
  const search = random.chance(5) ? random.pick(['?', '?x=1', '?limit=1']) : '';
  return { method, path: `${path}${search}`, headers };
}

function reading(world: World, resource: Resource, random: Random): Request {
  const { names, under } = resource;
  const isNested = under?.parent !== undefined && random.chance(30);
  const place =
    isNested && under?.parent
      ? `/${under.parent.names.path}/${idIn(world, under.parent, random)}`
      : '';
  const query: Query = [];
  for (let count = random.pick([0, 1, 1, 2, 3]); count > 0; count -= 1) {
    query.push(parameter(world, resource, random));
  }
  const text = query.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&');
  const search = text && random.chance(6) ? damaged(text, random.pick) : text;
  const headers = random.chance(4) ? { 'If-None-Match': tagIn(world, random) } : {};
  const method = random.chance(95) ? 'GET' : 'HEAD';
  return { method, path: `${place}/${names.path}${search && `?${search}`}`, headers };
}

function parameter(world: World, resource: Resource, random: Random): [string, string] {
  const filters = resource.fields.filter(({ filter }) => filter);
  const sorts = resource.fields.filter(({ sort }) => sort).map(({ name }) => name);
  const number = () =>
    random.pick([
      '1',
      '2',
      '3',
      '100',
      '0',
      '101',
      '-1',
      '1.5',
      'x',
      '',
      '007',
      '1e1',
      ' 1',
      '99999999999',
      '+1',
    ]);
  const kind = random.pick([
    'limit',
    'page',
    'perPage',
    'cursor',
    'sortBy',
    'sortOrder',
    'search',
    'filter',
    'filter',
    'filter',
    'odd',
  ]);
  const escaped = (value: unknown): string =>
    encodeURIComponent(
      (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .slice(0, 2000),
    ).replaceAll(/%E2%9F%A6(\d+)%E2%9F%A7/g, '⟦$1⟧');
  switch (kind) {
    case 'limit':
    case 'page':
    case 'perPage':
      return [kind, escaped(number())];
    case 'cursor':
      return [
        kind,
        random.chance(80) && world.cursors.length > 0
          ? random.pick(world.cursors)
          : escaped(random.pick(oddValues)),
      ];
    case 'sortBy':
      return [
        kind,
        escaped(random.pick([...sorts, ...sorts, 'createdAt', 'updatedAt', 'id', 'nonsense', ''])),
      ];
    case 'sortOrder':
      return [kind, random.pick(['asc', 'desc', 'ASC', '', 'up'])];
    case 'search':
      return [
        kind,
        escaped(random.pick(['a', 'e', '%', '_', '\\', '', ' ', '\0', 'x'.repeat(101), '🙂', "'"])),
      ];
    case 'filter': {
      const field = filters.length === 0 ? undefined : random.pick(filters);
      if (field === undefined) return ['nonsense', '1'];
      const capital = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
      const name = random.pick([
        field.name,
        field.name,
        field.name,
        `min${capital}`,
        `max${capital}`,
      ]);
      const right = sampleFor(world, { ...field, list: false }, random);
      return [
        name,
        escaped(random.chance(65) ? right : pickAny([...refusedBy(field), ...oddValues], random)),
      ];
    }
    default:
      return [
        random.pick([
          ...resource.fields.map(({ name }) => name),
          'createdAt',
          '__proto__',
          'limit[]',
          '',
        ]),
        escaped(random.pick(['1', 'x', ''])),
      ];
  }
}

/** Wrong before anybody asks what it means. */
function odd(world: World, resource: Resource, random: Random): Request {
  const list = `/${resource.names.path}`;
  const path = random.pick([
    list,
    `${list}/`,
    `${list}/${idIn(world, resource, random)}`,
    `${list}/1/2`,
    '/nowhere',
    '/',
    '',
    `${list.toUpperCase()}`,
    '/auth/login',
    '/auth/nowhere',
    '/me',
    '/me/nowhere',
    '/users',
  ]);
  const method = random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']);
  if (method === 'GET' || method === 'HEAD') return { method, path, headers: {} };
  const type = random.pick([
    'application/json',
    'application/json',
    'text/plain',
    'application/json; charset=utf-8',
    'application/json; charset=latin1',
    'application/merge-patch+json',
    '',
  ]);
  const headers = {
    'Content-Type': type,
    ...(random.chance(5) && { 'Content-Encoding': random.pick(['gzip', 'unknown', 'identity']) }),
  };
  const body = random.pick([
    '',
    '{}',
    '[]',
    'null',
    '{"data":null}',
    '{"data":[]}',
    '{"data":{}}',
    '{"data":{},"more":1}',
    '{"data":{"a":1,"a":2}}',
    'x',
    '{"data":{}',
    '{"data":{"x":1e999}}',
    '\ufeff{"data":{}}',
    '{"data":{"__proto__":1}}',
  ]);
  return { method, path, headers, body };
}
