import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, fieldsOf, idsOf, type Row } from './api.ts';
import { arrays, arraysBody, newNews, newPerson, people, serial } from './samples.ts';

const trace = '0b0f4b7c-5a52-4c6e-9a06-0a5d8a1c2f3e';
const fields: Record<string, unknown>[] = [
  {
    score: 0.25,
    rank: 1,
    price: '10',
    day: '2026-01-01',
    at: '2026-01-01T00:00:00Z',
    kind: 'a',
    opens: '09:00',
  },
  { score: 0.5, rank: 2, price: '10.50', day: '2026-01-02', published: true, mode: 'on' },
  { score: 0.75, rank: 3, price: '-9', day: '2026-01-03', at: '2026-01-01T01:00:00+02:00', trace },
];

/** Which of the three rows a query finds. */
const found: [query: string, rows: number[]][] = [
  ['score=0.5', [1]],
  ['minScore=0.5', [1, 2]],
  ['maxScore=0.5', [0, 1]],
  ['minRank=2&maxRank=2', [1]],
  ['minRank=3&maxRank=1', []],
  ['price=10.5', [1]],
  ['price=10.500', [1]],
  ['minPrice=-9&maxPrice=10', [0, 2]],
  ['day=2026-01-02', [1]],
  ['minDay=2026-01-02', [1, 2]],
  ['at=2026-01-01T00:00:00.000Z', [0]],
  ['at=2025-12-31T23:00:00Z', [2]],
  ['maxAt=2026-01-01T00:59:00%2B01:00', [2]],
  ['opens=09:00', [0]],
  ['opens=09:00:00', [0]],
  ['minOpens=09:00:01', [1, 2]],
  ['minOpens=09:00:01&maxOpens=23:59', [1, 2]],
  ['kind=a', [0]],
  ['kind=b-c', [1, 2]],
  ['mode=on', [1]],
  ['published=true', [1]],
  ['published=false', [0, 2]],
  [`trace=${trace}`, [2]],
  [`trace=${trace.toUpperCase()}`, [2]],
  ['kind=b-c&published=true&minRank=1', [1]],
  ['kind=a&published=true', []],
];

const refused = [
  ['score', 'x'],
  ['score', '1e400'],
  ['rank', '1.5'],
  ['rank', '2147483648'],
  ['minRank', '-99999999999'],
  ['price', '1e5'],
  ['price', ''],
  ['day', '2026-02-30'],
  ['day', '2026-1-1'],
  ['at', '2026-01-01'],
  ['at', '2026-01-01T00:00:60Z'],
  ['opens', '24:00'],
  ['minOpens', '10:30Z'],
  ['kind', 'z'],
  ['published', '1'],
  ['trace', 'x'],
  ['search', ''],
  ['search', '\0'],
  ['search', 'x'.repeat(101)],
  ['sortBy', 'body'],
  ['sortBy', 'id;drop table news'],
  ['sortOrder', 'up'],
];

const unknown = ['headline', 'body', 'token', 'pin', 'id', 'page', 'perPage', 'constructor'];
const polluting = ['__proto__', 'toString', 'rank[]', 'rank[gt]', '%zz', 'a%00'];

/** Filters, search and query parameters of lists. */
export function filtersContract(api: () => Api): void {
  let list: string;
  let rows: Row[];
  beforeAll(async () => {
    const { id: authorId } = await newPerson(api());
    list = `${people}/${authorId}/news`;
    rows = [];
    for (const values of fields) rows.push(await newNews(api(), { authorId, ...values }));
  });

  it.each(found)('?%s finds what it says', async (query, expected) => {
    const ids = idsOf(await api().list(`${list}?sortOrder=asc&${query}`));
    expect(ids).toEqual(expected.map((index) => rows[index]?.id));
  });

  it.each(refused)('?%s=%s is refused', async (name, value) => {
    const answer = await api().get(`${list}?${new URLSearchParams([[name, value]])}`);
    expect([answer.status, fieldsOf(answer)]).toEqual([422, [name]]);
  });

  it.each([...unknown, ...polluting])(
    'the parameter %s is refused, as no list has it',
    async (name) => {
      const answer = await api().get(`${list}?${name}=1`);
      expect(answer.status).toBe(422);
      expect(answer.error?.details).toHaveLength(1);
    },
  );

  it.each(['limit', 'rank', 'search', 'sortBy', 'cursor', 'kind', 'at'])(
    'a %s given twice is refused',
    async (name) => {
      const answer = await api().get(`${list}?${name}=1&${name}=2`);
      expect([answer.status, fieldsOf(answer)]).toEqual([422, [name]]);
    },
  );

  it('says everything that is wrong at once', async () => {
    const answer = await api().get(`${list}?limit=0&rank=x&nonsense=1&sortOrder=up`);
    expect(fieldsOf(answer)).toEqual(['limit', 'nonsense', 'rank', 'sortOrder']);
  });

  describe('search', () => {
    let own: string;
    const mark = serial();
    const headlines = [
      '50% off',
      '50 off',
      'a_b',
      'aXb',
      'back\\slash',
      "o'clock",
      'ÄPFEL',
      '🙂 smile',
    ];
    beforeAll(async () => {
      const { id } = await newPerson(api());
      own = `${people}/${id}/news`;
      for (const headline of headlines) {
        await newNews(api(), { authorId: id, headline: `${headline} ${mark}`, body: 'Common' });
      }
    });

    it.each([
      ['50%', ['50% off']],
      ['%', ['50% off']],
      ['_', ['a_b']],
      ['a_b', ['a_b']],
      ['\\', ['back\\slash']],
      ["'", ["o'clock"]],
      ['OFF', ['50% off', '50 off']],
      ['🙂', ['🙂 smile']],
      ['common', headlines],
      ['%%', []],
    ])('takes %s as it is', async (term, expected) => {
      const query = new URLSearchParams({ search: term, sortOrder: 'asc' });
      const found = await api().list(`${own}?${query}`);
      expect(found.map(({ headline }) => headline)).toEqual(
        expected.map((headline) => `${headline} ${mark}`),
      );
    });
  });

  it.each([
    ['tags', (tag: string) => ({ tags: ['other', tag] }), `q"uote, {brace} \\ ${serial()}`],
    ['tags', (tag: string) => ({ tags: [tag] }), `NULL${serial()}`],
  ])('a list holds the %s that it is asked for', async (name, values, item) => {
    const row = await api().create(arrays, arraysBody(values(item)));
    const query = new URLSearchParams([[name, item]]);
    expect(idsOf(await api().list(`${arrays}?${query}`))).toEqual([row.id]);
  });

  it.each([
    ['counts=2147483647', { counts: [2147483647] }],
    ['amounts=123456.789', { amounts: ['0', '123456.7890'] }],
    ['days=0777-07-07', { days: ['0777-07-07'] }],
    ['hours=10:30', { hours: ['00:00', '10:30:00'] }],
    ['times=1999-12-31T22:00:00Z', { times: ['2000-01-01T00:00:00+02:00'] }],
    ['kinds=x&counts=2147483646', { kinds: ['y', 'x'], counts: [2147483646] }],
  ])('?%s finds the rows whose list holds it', async (query, values) => {
    const row = await api().create(arrays, arraysBody(values));
    expect(idsOf(await api().list(`${arrays}?${query}&perPage=1`))).toEqual([row.id]);
  });
}
