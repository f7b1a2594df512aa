import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Api, fieldsOf, idsOf, toRow } from './api.ts';
import { categories, newNews, newPerson, news, newsBody, people, serial } from './samples.ts';

/** One row: create, read, replace, change, delete, and what stands in the way of each. */
export function rowsContract(api: () => Api): void {
  describe('a row', () => {
    it('is answered with 201 and where it is, with defaults, without private fields', async () => {
      const { id: authorId } = await newPerson(api());
      const body = newsBody(authorId, { contact: `Mixed.${serial()}@Example.com` });
      const answer = await api().post(news, body);
      expect(answer.status).toBe(201);
      const row = toRow(answer.data);
      expect(answer.headers.get('location')).toBe(`${news}/${row.id}`);
      const { token: _, pin: __, ...visible } = body;
      expect(row).toEqual({
        ...visible,
        contact: String(body.contact).toLowerCase(),
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/),
        body: null,
        views: 0,
        price: '9.99',
        published: false,
        opens: '10:30:00',
        at: null,
        since: '2026-01-31T10:00:00.000Z',
        site: null,
        kind: 'b-c',
        mode: null,
        editorId: null,
        class: "it's",
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        updatedAt: row.createdAt,
      });
      expect((await api().get(`${news}/${row.id}`)).data).toEqual(row);
    });

    it('is replaced whole by PUT: what is left out gets its default', async () => {
      const row = await newNews(api(), { body: 'text', price: '5', kind: 'a' });
      const body = newsBody(String(row.authorId), { rank: 8 });
      const answer = await api().put(`${news}/${row.id}`, body);
      expect(answer.status).toBe(200);
      const replaced = { id: row.id, body: null, price: '9.99', kind: 'b-c', rank: 8 };
      expect(answer.data).toMatchObject({ ...replaced, createdAt: row.createdAt });
      expect((await api().get(`${news}/${row.id}`)).data).toEqual(answer.data);
    });

    it('needs every field without a default in a PUT', async () => {
      const row = await newNews(api());
      const answer = await api().put(`${news}/${row.id}`, {});
      expect(answer.status).toBe(422);
      expect(fieldsOf(answer)).toEqual(Object.keys(newsBody('')).sort());
    });

    it('is changed in single fields by PATCH', async () => {
      const row = await newNews(api(), { body: 'text' });
      const answer = await api().patch(`${news}/${row.id}`, { rank: 9, body: null });
      expect(answer.status).toBe(200);
      const { updatedAt } = toRow(answer.data);
      expect(answer.data).toEqual({ ...row, rank: 9, body: null, updatedAt });
      expect(String(updatedAt) >= String(row.updatedAt)).toBe(true);
    });

    it('is gone after DELETE, for every method', async () => {
      const { id, authorId } = await newNews(api());
      const gone = await api().delete(`${news}/${id}`);
      expect([gone.status, gone.text]).toEqual([204, '']);
      const answers = await Promise.all([
        api().get(`${news}/${id}`),
        api().put(`${news}/${id}`, newsBody(String(authorId))),
        api().patch(`${news}/${id}`, { rank: 1 }),
        api().delete(`${news}/${id}`),
      ]);
      for (const { status, error } of answers) {
        expect([status, error?.code]).toEqual([404, 'NOT_FOUND']);
      }
    });

    it('is answered to HEAD without a body', async () => {
      const { id } = await newPerson(api());
      const answer = await api().raw('HEAD', `${people}/${id}`);
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(answer.headers.get('content-type')).toContain('application/json');
    });
  });

  describe('a conflict', () => {
    it.each(['headline', 'contact', 'token'])('is a 409 that names %s', async (field) => {
      const { id: authorId } = await newPerson(api());
      const taken = newsBody(authorId);
      await api().create(news, taken);
      const other = await newNews(api(), { authorId });
      const clash = { [field]: taken[field] };
      const answers = await Promise.all([
        api().post(news, newsBody(authorId, clash)),
        api().put(`${news}/${other.id}`, newsBody(authorId, clash)),
        api().patch(`${news}/${other.id}`, clash),
      ]);
      for (const answer of answers) {
        expect([answer.status, answer.error?.code]).toEqual([409, 'CONFLICT']);
        expect(fieldsOf(answer)).toEqual([field]);
        expect(answer.text).not.toContain(taken.token);
      }
    });

    it('lets exactly one of many win that come at once', async () => {
      const name = serial();
      const posts = Array.from({ length: 8 }, () => api().post(categories, { name }));
      const statuses = (await Promise.all(posts)).map(({ status }) => status);
      expect(statuses.sort()).toEqual([201, ...Array(7).fill(409)]);
    });

    it('is a 409 where a row is still referred to, and it stays', async () => {
      const { authorId } = await newNews(api());
      expect((await api().delete(`${people}/${authorId}`)).status).toBe(409);
      expect((await api().get(`${people}/${authorId}`)).status).toBe(200);
    });

    it('is none where the reference is optional: it becomes null', async () => {
      const editor = await api().create(categories, { name: serial() });
      const row = await newNews(api(), { editorId: editor.id });
      expect((await api().delete(`${categories}/${editor.id}`)).status).toBe(204);
      expect((await api().get(`${news}/${row.id}`)).data).toMatchObject({ editorId: null });
    });
  });

  describe('a nested route', () => {
    it('creates and lists the rows of one parent only', async () => {
      const [mine, other] = [await newPerson(api()), await newPerson(api())];
      await newNews(api(), { authorId: other.id });
      const { authorId: _, ...body } = newsBody(mine.id);
      const answer = await api().post(`${people}/${mine.id}/news`, body);
      expect(answer.status).toBe(201);
      const row = toRow(answer.data);
      expect(row.authorId).toBe(mine.id);
      expect(answer.headers.get('location')).toBe(`${news}/${row.id}`);
      expect(idsOf(await api().list(`${people}/${mine.id}/news`))).toEqual([row.id]);
    });

    it('takes the parent from the path alone', async () => {
      const { id } = await newPerson(api());
      const posted = await api().post(`${people}/${id}/news`, newsBody(id));
      expect([posted.status, fieldsOf(posted)]).toEqual([422, ['authorId']]);
      const listed = await api().get(`${people}/${id}/news?authorId=${id}`);
      expect([listed.status, fieldsOf(listed)]).toEqual([422, ['authorId']]);
    });

    it.each([randomUUID(), 'no-id', '0', '%00'])('answers 404 for the parent %s', async (id) => {
      const { authorId: _, ...body } = newsBody('');
      expect((await api().get(`${people}/${id}/news`)).status).toBe(404);
      expect((await api().post(`${people}/${id}/news`, body)).status).toBe(404);
    });
  });
}
