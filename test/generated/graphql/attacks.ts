import { expect, it } from 'vitest';
import { freePort } from '../../services/keep.ts';
import type { Env } from '../run.ts';
import { startServer } from '../servers.ts';
import { express, type Runs } from './project.ts';

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const size = 99_000;
const million = 1_000_000;
const named = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]));

const creation = 'mutation ($i: CreatePostInput!) { createPost(input: $i) { errors { code } } }';
const types =
  '__schema { types { name fields { name args { name type { name } } type { name ofType { name } } } } }';

/** Documents that cost as much as they can, with their variables. */
const attacks: [name: string, query: string, variables?: unknown][] = [
  ['a megabyte of comments', `{ __typename #${'x'.repeat(million)}\n }`],
  ['a megabyte of commas', `{ __typename ${','.repeat(million)} }`],
  ['comments', `{ __typename ${'#\n'.repeat(size / 3)} }`],
  ['commas', `{ __typename ${','.repeat(size)} }`],
  ['one block string', `{ __type(name: """${'\n a'.repeat(size / 6)}""") { name } }`],
  ['one string of escapes', `{ __type(name: "${'\\u0061'.repeat(size / 8)}") { name } }`],
  ['one long name', `{ ${'a'.repeat(size)} }`],
  ['many digits', `{ posts(first: ${'9'.repeat(size)}) { edges { cursor } } }`],
  ['many variables', '{ __typename }', named(size / 12)],
  ['a megabyte of variables', '{ __typename }', named(million / 12)],
  ['a wide variable', creation, { i: named(size / 12) }],
  ['a deep variable', creation, `{"i":{"title":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}}`],
  ['a long list', 'query ($i: [Int]) { __typename @skip(if: $i) }', { i: Array(size / 2).fill(1) }],
  ['depth', `{ ${'posts { edges { node { author { '.repeat(40)} id ${'} } } } '.repeat(40)} }`],
  ['breadth', `{ ${repeat(600, (at) => `a${at}: __typename`)} }`],
  ['one field many times', `{ ${'me { id } '.repeat(400)} }`],
  ['introspections', `{ ${repeat(28, (at) => `a${at}: ${types}`)} }`],
  [
    'aliases in introspection',
    `{ __schema { types { ${repeat(28, (at) => `a${at}: fields { name args { name } }`)} } } }`,
  ],
  [
    'fragments',
    `{ ${repeat(150, (at) => `...F${at}`)} } ${repeat(150, (at) => `fragment F${at} on Query { me { id } }`)}`,
  ],
  [
    'a bomb of fragments',
    `{ ...F0 } ${repeat(100, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F100 on Query { __typename }`,
  ],
  ['a cycle', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  ['definitions of variables', `query (${repeat(480, (at) => `$v${at}: Int`)}) { __typename }`],
  ['directives', `{ __typename ${'@a '.repeat(600)} }`],
  ['operations', repeat(300, (at) => `query Q${at} { __typename }`)],
  [
    'a deep literal',
    `mutation { createPost(input: { title: ${'['.repeat(900)}${']'.repeat(900)} }) { errors { code } } }`,
  ],
  ['misspelled fields', `{ ${repeat(900, (at) => `titel${at}`)} }`],
];

const times = 2;
/** In milliseconds. A machine that is busy counts a little more than one that is not. */
const most = 200;

/** Each costs little processor time, even where large bodies are allowed elsewhere. */
export function attacked(project: () => string, env: () => Env, runs: Runs = express): void {
  it('answers documents that cost as much as they can for little', async () => {
    const metrics = await freePort();
    const settings = { BODY_LIMIT: '2mb', METRICS_PORT: String(metrics), ...runs.development };
    const server = await startServer(project(), { ...env(), ...settings }, runs.server);
    try {
      const spent = clockOf(metrics);
      const send = async (query: string, variables: unknown) => {
        const response = await fetch(`${server.url}/api/graphql`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: `{"query":${JSON.stringify(query)},"variables":${textOf(variables)}}`,
        });
        await response.text();
        return response.status;
      };
      for (let count = 0; count < 20; count += 1) await send('{ __typename }', {});
      const costs: [name: string, status: number, milliseconds: number][] = [];
      for (const [name, query, variables] of attacks) {
        const before = await spent();
        let status = 0;
        for (let count = 0; count < times; count += 1) status = await send(query, variables);
        costs.push([name, status, ((await spent()) - before) / times]);
      }
      expect(costs.filter(([, status]) => status >= 500)).toEqual([]);
      expect(costs.filter(([, , milliseconds]) => milliseconds > most)).toEqual([]);
    } finally {
      await server.stop();
    }
  });
}

/** What is nested too deeply for `JSON.stringify` is a text already. */
const textOf = (variables: unknown = {}) =>
  typeof variables === 'string' ? variables : JSON.stringify(variables);

/** Tells how much processor time a server has spent, in milliseconds, by its own metrics. */
const clockOf = (port: number) => async (): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const [, seconds] = /^process_cpu_seconds_total ([\d.e+-]+)$/m.exec(text) ?? [];
  return Number(seconds) * 1000;
};
