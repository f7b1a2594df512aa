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
    ['hours', ['00:00:00', '23:59:59']],
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
    ['hours', ['10:30', '24:00']],
    ['kinds', ['z']],
  ])('refuses the list %s: %j', async (field, value) => {
    const answer = await api().post(arrays, arraysBody({ [field]: value }));
    expect([answer.status, rootsOf(answer)]).toEqual([422, [field]]);
  });

  describe('JSON that no program writes', () => {
    it.each([
      ['a number beyond all bounds', 'score', '1e400', 422],
      ['an integer of 400 digits', 'rank', '9'.repeat(400), 422],
      ['an integer beyond 64 bits', 'rank', '1000000000000000000000', 422],
      ['an integer beyond 64 bits for a text', 'headline', '-1000000000000000000000', 422],
      ['a __proto__', '__proto__', '{"rank":1}', 422],
      ['a constructor', 'constructor', '{"prototype":{"rank":1}}', 422],
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
        expect([answer.status, fieldsOf(answer)]).toEqual([422, ['meta']]);
      }
    });

    const lossy = [
      ...['1e400', '-1e400', '1e-400', '-0', '-0.0', '9007199254740993', '12345678901234567890'],
      ...['0.3333333333333333333333', '1.2345e-320', '{"a":1,"a":1}', '{"a":{"b":1},"\\u0061":2}'],
      ...['"\\u0000"', '{"\\u0000":1}', '"\\ud800"', '{"\\udc00":1}'],
    ];

    it.each(lossy)('refuses %s where it would not be kept', async (text) => {
      const row = await newNews(api());
      for (const deep of [`[${text}]`, `{"x":[{"y":${text}}]}`]) {
        for (const field of ['meta', 'extra']) {
          const body = newsText(String(row.authorId), field, deep);
          const posted = await api().json('POST', news, body);
          expect([posted.status, fieldsOf(posted)]).toEqual([422, [field]]);
          const patch = `{"data":{"rank":"x","${field}":${deep}}}`;
          const patched = await api().json('PATCH', `${news}/${row.id}`, patch);
          expect([patched.status, fieldsOf(patched).sort()]).toEqual([422, [field, 'rank'].sort()]);
        }
      }
    });

    const whole = [
      ...['1.0', '0.1e-7', '1E22', '0.10000000000000001', '5e-324', '1.7976931348623157e308'],
      ...['9007199254740992', '0', '0.0', '{"__proto__":{"a":1},"constructor":[]}', '{"":""}'],
      ...['{"10":1,"9":2}', '"\\u00e9\\ud83d\\ude42\\\\u0000"', '{"toString":1,"then":2}'],
    ];

    it.each(whole)('keeps %s', async (text) => {
      const { id } = await newPerson(api());
      const deep = `{"x":[{"y":${text}}],"__proto__":[${text}]}`;
      const posted = await api().json('POST', news, newsText(id, 'meta', deep));
      expect(posted.status).toBe(201);
      const row = posted.data instanceof Object ? { ...posted.data } : {};
      expect(Reflect.get(row, 'meta')).toEqual(JSON.parse(deep));
      expect((await api().get(`${news}/${Reflect.get(row, 'id')}`)).data).toEqual(posted.data);
    });

    it.each([
      ['score', '1e400'],
      ['rank', '9007199254740993'],
      ['rank', '1e400'],
      ['price', '1.50'],
      ['price', '12345678901234567890'],
      ['cost', '-0'],
    ])('refuses as %s: %s', async (field, text) => {
      const { id } = await newPerson(api());
      const answer = await api().json('POST', news, newsText(id, field, text));
      expect([answer.status, fieldsOf(answer)]).toEqual([422, [field]]);
    });

    it('takes numbers that are not exact as nearly as they can be held', async () => {
      const { id } = await newPerson(api());
      for (const [text, score] of [
        ['0.33333333333333333333333', 1 / 3],
        ['-0.0', 0],
        ['1e-400', 0],
      ] as const) {
        const answer = await api().json('POST', news, newsText(id, 'score', text));
        expect(answer.data).toMatchObject({ score });
      }
    });

    it('refuses a field that comes twice, and an envelope with two of them', async () => {
      const name = '{"data":{"name":"a","nickName":"b","name":"c"}}';
      const twice = await api().json('POST', people, name);
      expect([twice.status, fieldsOf(twice)]).toEqual([422, ['name']]);
      const two = await api().json('POST', people, '{"data":{"name":"a"},"data":{"name":"b"}}');
      expect(two.status).toBe(400);
    });

    it.each([
      ['bytes that are no text', Buffer.from('{"data":{"name":"\xff\xfe"}}', 'latin1'), '', 400],
      ['another encoding', Buffer.from('{"data":{"name":"é"}}', 'utf16le'), 'utf-16le', 415],
      ['UTF-8 that is named', Buffer.from('{"data":{"name":"é"}}'), '"UTF-8"', 201],
      ['a mark of the order of bytes', Buffer.from('\ufeff{"data":{"name":"é"}}'), '', 201],
    ])('answers %s', async (_what, body, charset, status) => {
      const type = `application/json${charset && `; charset=${charset}`}`;
      const answer = await api().raw('POST', people, { headers: { 'Content-Type': type }, body });
      expect(answer.status).toBe(status);
      if (status === 201) expect(answer.data).toMatchObject({ name: 'é' });
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
