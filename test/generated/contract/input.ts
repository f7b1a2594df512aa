import { describe, expect, it } from 'vitest';
import { type Api, fieldsOf } from './api.ts';
import {
  arrays,
  arraysBody,
  newNews,
  newPerson,
  news,
  newsBody,
  people,
  serial,
} from './samples.ts';
import { kept, refused } from './values.ts';

/** Values of every kind that somebody will send one day. */
export function inputContract(api: () => Api): void {
  it.each(refused)('refuses as %s: %j', async (field, value) => {
    const { id, authorId } = await newNews(api());
    const posted = await api().post(news, newsBody(String(authorId), { [field]: value }));
    expect([posted.status, rootsOf(posted)]).toEqual([422, [field]]);
    const patched = await api().patch(`${news}/${id}`, { [field]: value });
    expect([patched.status, rootsOf(patched)]).toEqual([422, [field]]);
  });

  it.each(kept)('keeps as %s: %j', async (field, value, answered = value) => {
    const unique = field === 'headline' ? `${value}${serial()}` : value;
    const expected = field === 'headline' ? unique : answered;
    const row = await newNews(api(), { [field]: unique });
    expect(row[field]).toEqual(expected);
    expect((await api().get(`${news}/${row.id}`)).data).toEqual(row);
  });

  it.each([
    ['tags', ['a"b', 'c,d', '{e}', 'NULL', 'null', '\\', ' x ', '🙂']],
    ['notes', ['', 'NULL', '""']],
    ['notes', null],
    ['counts', [2147483647, -2147483648]],
    ['ratios', [1e308, -1e-320, 0, 0.1]],
    ['amounts', ['1', '2.50', '-3.000000001']],
    ['amounts', []],
    ['days', ['0001-01-01', '9999-12-31']],
    ['times', ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']],
    ['kinds', ['y', 'x', 'y']],
  ])('keeps the list %s: %j', async (field, value) => {
    const row = await api().create(arrays, arraysBody({ [field]: value }));
    expect(row[field]).toEqual(value);
  });

  it.each([
    ['tags', ['ok', 'a\0']],
    ['tags', ['\ud800']],
    ['tags', [null]],
    ['tags', [['a']]],
    ['tags', 'a'],
    ['tags', { 0: 'a' }],
    ['tags', Array(101).fill('a')],
    ['counts', []],
    ['counts', [1, 2, 3, 4]],
    ['counts', [1, 2147483648]],
    ['amounts', ['1', 'x']],
    ['times', ['2026-01-31T23:59:60Z']],
    ['kinds', ['z']],
  ])('refuses the list %s: %j', async (field, value) => {
    const answer = await api().post(arrays, arraysBody({ [field]: value }));
    expect([answer.status, rootsOf(answer)]).toEqual([422, [field]]);
  });

  describe('JSON that no program writes', () => {
    it.each([
      ['a number beyond all bounds', 'score', '1e400', 422],
      ['an integer of 400 digits', 'rank', '9'.repeat(400), 422],
      ['a __proto__', '__proto__', '{"rank":1}', 422],
      ['a constructor', 'constructor', '{"prototype":{"rank":1}}', 422],
      ['bytes that are no text', 'class', '"\xff\xfe"', 201],
    ])('answers %s', async (_what, field, text, status) => {
      const { id } = await newPerson(api());
      const body = Buffer.from(newsText(id, field, text), 'latin1');
      const headers = { 'Content-Type': 'application/json' };
      const answer = await api().raw('POST', news, { headers, body });
      expect([answer.status, fieldsOf(answer)]).toEqual([status, status === 422 ? [field] : []]);
    });

    it.each(['name', 'nickName', 'age', 'nonsense'])('answers 4xx to a deep %s', async (field) => {
      for (const [open, close] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        for (const depth of [200, 3000, 12_000]) {
          const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
          const answer = await api().json(
            'POST',
            people,
            `{"data":{"name":"A","${field}":${deep}}}`,
          );
          expect([400, 422]).toContain(answer.status);
        }
      }
    });

    it('keeps JSON as deep as people nest it, and refuses what could not be read back', async () => {
      const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
      const row = await newNews(api(), { meta: nested(50) });
      expect(row.meta).toEqual(nested(50));
      for (const depth of [1000, 10_000, 40_000]) {
        const deep = '['.repeat(depth) + ']'.repeat(depth);
        const answer = await api().json('POST', news, newsText(String(row.authorId), 'meta', deep));
        expect(answer.status).toBe(400);
      }
    });

    it('never lets a key of an object become its prototype', async () => {
      const { id } = await newPerson(api());
      const evil = '{"__proto__":{"age":7},"constructor":{"prototype":{"age":7}}}';
      await api().json('POST', news, newsText(id, 'meta', evil));
      expect(await newPerson(api())).toMatchObject({ age: null, nickName: null });
    });
  });

  it.each(['%', '%zz', '%E0%A4%A', '%ff', '%C0%80', '..%2f..%2fetc%2fpasswd', '%0d%0aX-A:1'])(
    'answers the malformed path %s with 400 or 404',
    async (part) => {
      for (const path of [
        `${people}/${part}`,
        `${people}/${part}/news`,
        `/api/${part}`,
        `/docs/${part}`,
      ]) {
        const { status, error } = await api().raw('GET', path);
        expect([400, 404]).toContain(status);
        expect(error?.message).not.toContain('/node_modules/');
      }
    },
  );
}

/** The fields of the body that an answer complains of: of `tags.0`, `tags`. */
function rootsOf(answer: Parameters<typeof fieldsOf>[0]): string[] {
  return [...new Set(fieldsOf(answer).map((field) => field.replace(/\..*/, '')))];
}

/** The text of a body, one field of which says what no value could. */
function newsText(authorId: string, field: string, text: string): string {
  const { [field]: _, ...others } = newsBody(authorId);
  return `{"data":{"${field}":${text},${JSON.stringify(others).slice(1)}}`;
}
