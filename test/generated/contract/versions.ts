import { describe, expect, it } from 'vitest';
import { type Answer, type Api, type Row, toRow } from './api.ts';
import { categories, newNews, news, newsBody, people, serial } from './samples.ts';

const etagOf = ({ headers }: Answer) => headers.get('etag') ?? '';

/** The tag of a row stands for what is answered, whatever changed it. */
export function versionsContract(api: () => Api): void {
  const read = (path: string, tag: string) =>
    api().raw('GET', path, { headers: { 'If-None-Match': tag } });
  const write = (method: string, path: string, tag: string, data?: object) =>
    api().raw(method, path, {
      headers: { 'If-Match': tag, ...(data && { 'Content-Type': 'application/json' }) },
      ...(data && { body: JSON.stringify({ data }) }),
    });
  const refusal = ({ status, error }: Answer) => [status, error?.code];
  const stale = [412, 'PRECONDITION_FAILED'];

  describe('a row that lost its reference', () => {
    async function withoutEditor(): Promise<{ row: Row; path: string; before: string }> {
      const editor = await api().create(categories, { name: serial() });
      const row = await newNews(api(), { editorId: editor.id });
      const path = `${news}/${row.id}`;
      const before = etagOf(await api().get(path));
      expect((await api().delete(`${categories}/${editor.id}`)).status).toBe(204);
      return { row, path, before };
    }

    it('has another tag, and is answered to whoever has the old one', async () => {
      const { path, before } = await withoutEditor();
      const answer = await read(path, before);
      expect([answer.status, toRow(answer.data).editorId]).toEqual([200, null]);
      expect(etagOf(answer)).not.toBe(before);
      expect((await read(path, etagOf(answer))).status).toBe(304);
    });

    it('is not changed by who has not seen that', async () => {
      const { row, path, before } = await withoutEditor();
      const whole = newsBody(String(row.authorId));
      expect(refusal(await write('PATCH', path, before, { rank: 3 }))).toEqual(stale);
      expect(refusal(await write('PUT', path, before, whole))).toEqual(stale);
      expect(refusal(await write('DELETE', path, before))).toEqual(stale);
      const now = etagOf(await api().get(path));
      expect((await write('PATCH', path, now, { rank: 3 })).status).toBe(200);
    });
  });

  it('has the same tag for everybody, however it was answered', async () => {
    const created = await api().post(people, { name: serial() });
    const path = `${people}/${toRow(created.data).id}`;
    const [one, other] = [await api().get(path), await api().raw('HEAD', path)];
    expect(new Set([created, one, other].map(etagOf)).size).toBe(1);
    const changed = await api().patch(path, { name: serial() });
    expect(etagOf(changed)).not.toBe(etagOf(one));
    expect(etagOf(await api().get(path))).toBe(etagOf(changed));
  });

  it('has the same tag where a request is done once and answered twice', async () => {
    const { authorId } = await newNews(api());
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': serial() };
    const init = { headers, body: JSON.stringify({ data: newsBody(String(authorId)) }) };
    const [first, again] = [
      await api().raw('POST', news, init),
      await api().raw('POST', news, init),
    ];
    expect(again.data).toEqual(first.data);
    expect(etagOf(again)).toBe(etagOf(first));
    const change = await write('PATCH', `${news}/${toRow(again.data).id}`, etagOf(again), {
      rank: 4,
    });
    expect(change.status).toBe(200);
  });

  it('compares as RFC 9110 says: weakly for reads, strongly for writes', async () => {
    const { id } = await newNews(api());
    const path = `${news}/${id}`;
    const tag = etagOf(await api().get(path));
    const zipped = tag.replace(/"$/, '-gzip"');
    for (const seen of [tag, `W/${tag}`, zipped, `"other", ${tag}`, '*']) {
      expect([seen, (await read(path, seen)).status]).toEqual([seen, 304]);
    }
    expect(etagOf(await read(path, zipped))).toBe(zipped);
    for (const unknown of [`W/${tag}`, tag.replaceAll('"', ''), '"other"', '']) {
      expect([unknown, (await write('PATCH', path, unknown, {})).status]).toEqual([unknown, 412]);
    }
    expect((await write('PATCH', path, '*', {})).status).toBe(200);
    const now = etagOf(await api().get(path));
    expect((await write('PATCH', path, `"other", ${now}`, {})).status).toBe(200);
  });

  it('lets exactly one of many changes of one state through', async () => {
    const { id } = await newNews(api());
    const path = `${news}/${id}`;
    const tag = etagOf(await api().get(path));
    const changes = Array.from({ length: 8 }, (_, rank) =>
      write('PATCH', path, tag, { rank: rank + 1 }),
    );
    const statuses = (await Promise.all(changes)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, ...Array(7).fill(412)]);
  });
}
