import { randomUUID } from 'node:crypto';
import type { Api, Row } from './api.ts';

type Values = Record<string, unknown>;

let count = 0;

/** A short text that no other call gives. */
export function serial(): string {
  count += 1;
  return `${randomUUID().slice(0, 8)}${String(count).padStart(4, '0')}`;
}

export const people = '/api/people';
export const news = '/api/news';
export const categories = '/api/categories';
export const arrays = '/api/arrays';

export const newPerson = (api: Api, values: Values = {}): Promise<Row> =>
  api.create(people, { name: 'Ada', ...values });

/** What has to be sent for a news item, and nothing else. */
export function newsBody(authorId: string, values: Values = {}): Values {
  const unique = serial();
  return {
    headline: `news ${unique}`,
    score: 0.5,
    rank: 7,
    cost: '1.50',
    day: '2026-01-31',
    token: randomUUID(),
    trace: randomUUID(),
    contact: `${unique}@example.com`,
    meta: { tags: ['a', 'b'] },
    authorId,
    pin: '1234',
    level: 2,
    ...values,
  };
}

export async function newNews(api: Api, values: Values = {}): Promise<Row> {
  const authorId = values.authorId ?? (await newPerson(api)).id;
  return api.create(news, newsBody(String(authorId), values));
}

export function arraysBody(values: Values = {}): Values {
  return {
    tags: ['one', 'two'],
    counts: [1, 2],
    ratios: [0.1, -2.5],
    amounts: ['1.50', '-3'],
    flags: [true, false],
    days: ['2026-01-31'],
    times: ['2026-01-31T12:00:00+02:00'],
    hours: ['23:59', '00:00:00'],
    ids: [randomUUID()],
    mails: ['a@example.com'],
    urls: ['https://example.com/a,b'],
    kinds: ['x', 'y'],
    ...values,
  };
}
