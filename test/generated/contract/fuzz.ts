import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { Api } from './api.ts';
import {
  arrays,
  arraysBody,
  categories,
  newNews,
  newPerson,
  news,
  newsBody,
  people,
  serial,
} from './samples.ts';

export const oddValues: unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e21,
  1e308,
  5e-324,
  2147483647,
  2147483648,
  9007199254740992,
  '',
  ' ',
  '0',
  'x',
  '\0',
  '\ud800',
  '🙂',
  '%',
  '_',
  '\\',
  "'",
  '"',
  ';--',
  'null',
  'NaN',
  'Infinity',
  '9'.repeat(50),
  '-0',
  '1e5',
  '0x10',
  '2026-02-30',
  '2026-01-31',
  '10:30',
  '2026-01-31T12:00:00Z',
  '0000-00-00',
  '+010000-01-01T00:00:00.000Z',
  '-000001-01-01',
  '9999-12-31T23:59:59-14:00',
  'a@b.cd',
  'http://a',
  'https://user:pass@[::1]:99999/',
  'javascript:1',
  '__proto__',
  'constructor',
  [],
  [[]],
  [null],
  ['\0'],
  [1, 'x'],
  {},
  { a: 1 },
  { length: -1 },
  { toString: null },
  'x'.repeat(6000),
];
const names = [
  'limit',
  'cursor',
  'page',
  'perPage',
  'sortBy',
  'sortOrder',
  'search',
  'rank',
  'minRank',
  'maxPrice',
  'day',
  'minAt',
  'at',
  'published',
  'kind',
  'trace',
  'contact',
  'site',
  'authorId',
  'age',
  'tags',
  'counts',
  'amounts',
  'times',
  'hours',
  'kinds',
  'parentId',
  '__proto__',
  'nonsense',
  'limit[]',
  '',
];
const seeds = [1, 2, 3, 4];
const rounds = 100;

/** Requests that are right but for something. Any answer will do that is not a failure. */
export function fuzzContract(api: () => Api): void {
  let authorId: string;
  let newsId: string;
  beforeAll(async () => {
    authorId = (await newPerson(api())).id;
    newsId = (await newNews(api(), { authorId })).id;
  });

  it.each(seeds)('never makes the server fail, seed %i', async (seed) => {
    const pick = picker(seed);
    const statuses = new Set<number>();
    for (let round = 0; round < rounds; round += 1) {
      const request = pick([writing, reading])(pick);
      const answer = await request(api(), authorId, newsId);
      statuses.add(answer.status);
    }
    expect([...statuses]).toEqual(expect.arrayContaining([200, 422]));
    const person = await newPerson(api(), { name: 'still there' });
    expect((await api().get(`${people}/${person.id}`)).status).toBe(200);
  });
}

type Pick = <T>(from: readonly T[]) => T;
type Request = (api: Api, authorId: string, newsId: string) => ReturnType<Api['raw']>;

function writing(pick: Pick): Request {
  return (api, authorId, newsId) => {
    const bodies: [method: string, path: string, body: Record<string, unknown>][] = [
      ['POST', news, newsBody(authorId)],
      ['PUT', `${news}/${newsId}`, newsBody(authorId)],
      ['PATCH', `${news}/${newsId}`, newsBody(authorId)],
      ['POST', `${people}/${authorId}/news`, newsBody(authorId)],
      ['POST', arrays, arraysBody()],
      ['POST', categories, { name: serial(), parentId: null, order: 1 }],
      ['POST', people, { name: 'A', nickName: 'B', age: 3 }],
      ['PUT', `/api/settings/${randomUUID()}`, { key: serial(), value: {} }],
    ];
    const [method, path, body] = pick(bodies);
    for (let count = pick([1, 1, 2, 3]); count > 0; count -= 1) {
      const name = pick([...Object.keys(body), 'nonsense', 'constructor']);
      if (pick([0, 1, 2, 3]) === 0) delete body[name];
      else
        body[name] =
          pick([0, 1, 2]) === 0 ? Array(pick([1, 3, 200])).fill(pick(oddValues)) : pick(oddValues);
    }
    const text = JSON.stringify({ data: body });
    return api.json(method, path, pick([0, 1, 2, 3, 4]) === 0 ? damaged(text, pick) : text);
  };
}

function reading(pick: Pick): Request {
  return (api, authorId) => {
    const path = pick([
      news,
      people,
      categories,
      arrays,
      `${people}/${authorId}/news`,
      '/api/logs',
    ]);
    const pairs = Array.from({ length: pick([1, 1, 2, 3]) }, () => {
      const value = pick(oddValues);
      const text =
        typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '') : JSON.stringify(value);
      return `${pick(names)}=${pick([encodeURIComponent, encodeURI])(text.slice(0, 3000))}`;
    });
    const query = pairs.join('&');
    return api.get(`${path}?${pick([0, 1, 2, 3, 4]) === 0 ? damaged(query, pick) : query}`);
  };
}

/** The text with a piece cut out, or a sign put in. */
export function damaged(text: string, pick: Pick): string {
  const places = Array.from(text, (_sign, index) => index);
  const [start, end] = [pick(places), pick(places)].sort((one, other) => one - other);
  if (pick([true, false])) return text.slice(0, start) + text.slice(end);
  return (
    text.slice(0, start) +
    pick(['"', '}', '[', ',', '\\u0000', '\\ud800', '%', '%00', '&', '=', '-', 'e9']) +
    text.slice(start)
  );
}

/** Chooses the same for the same seed, on any machine. */
function picker(seed: number): Pick {
  let state = seed;
  return (from) => {
    state = (state * 48271) % 2147483647;
    const index = Math.floor((state / 2147483647) * from.length);
    const chosen = from[index];
    if (chosen === undefined && !(index in from)) throw new Error('nothing to choose from');
    return chosen as (typeof from)[number];
  };
}
