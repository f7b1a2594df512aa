import { expect, it } from 'vitest';
import type { Endpoint, Operation } from './endpoint.ts';

type Documented = {
  operationId: string;
  tags?: string[];
  summary?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, object>;
};

/** The parameters of each operation, and the responses that do not depend on who calls. */
const usual: Record<Operation, { method: string; parameters: string[]; answers: number[] }> = {
  list: { method: 'get', parameters: ['sortBy', 'sortOrder'], answers: [200, 422] },
  create: {
    method: 'post',
    parameters: ['Idempotency-Key'],
    answers: [201, 400, 409, 413, 415, 422],
  },
  get: { method: 'get', parameters: ['id', 'If-None-Match'], answers: [200, 304, 404] },
  replace: {
    method: 'put',
    parameters: ['id', 'If-Match'],
    answers: [200, 400, 404, 409, 412, 413, 415, 422],
  },
  update: {
    method: 'patch',
    parameters: ['id', 'If-Match'],
    answers: [200, 400, 404, 409, 412, 413, 415, 422],
  },
  delete: { method: 'delete', parameters: ['id', 'If-Match'], answers: [204, 404, 409, 412] },
};

/** `path` is the path of the endpoint in the documentation. */
export function isDocumented(endpoint: Endpoint, path: string) {
  const { api, url, operations, pagination } = endpoint;
  const readPaths = async (): Promise<Record<string, Record<string, Documented>>> =>
    (await api().get('/openapi.json')).body.paths;
  const names = (parameters: { name: string }[] = []) => parameters.map(({ name }) => name);

  it.each(operations)('documents %s', async (operation) => {
    const { method, parameters, answers } = usual[operation];
    const isCollection = operation === 'list' || operation === 'create';
    const documented = (await readPaths())[isCollection ? path : `${path}/{id}`]?.[method];
    expect(documented?.operationId).toMatch(/^\w+$/);
    expect(documented?.summary).toMatch(/\w/);
    expect(documented?.tags).toHaveLength(1);
    expect(names(documented?.parameters)).toEqual(expect.arrayContaining(parameters));
    const statuses = Object.keys(documented?.responses ?? {}).map(Number);
    expect(statuses).toEqual(expect.arrayContaining([...answers, 429, 500]));
    const takesBody = answers.includes(415);
    const body = JSON.stringify(documented?.requestBody ?? {});
    expect(body.includes('#/components/schemas/')).toBe(takesBody);
    if (operation !== 'list') return;
    const page = JSON.stringify(documented?.responses['200']);
    expect(page).toContain(pagination === 'cursor' ? 'nextCursor' : 'totalPages');
  });

  it('has a name of its own for each operation and each body', async () => {
    const all = Object.values(await readPaths()).flatMap((methods) => Object.values(methods));
    const ids = all.map(({ operationId }) => operationId);
    expect(ids).toEqual([...new Set(ids)]);
    const own = Object.entries((await readPaths())[`${path}/{id}`] ?? {});
    const bodies = own.map(([, { requestBody }]) => JSON.stringify(requestBody)).filter(Boolean);
    expect(bodies).toEqual([...new Set(bodies)]);
  });

  it('documents every answer that these tests have got', async () => {
    const paths = Object.entries(await readPaths());
    for (const { method, path: asked, status } of api().answers) {
      if (!asked.startsWith(url)) continue;
      const found = paths.find(([template]) => fits(asked, url, path, template));
      const documented = found?.[1][method.toLowerCase()];
      // Requests that are no operation get the same response everywhere.
      if (!documented) continue;
      expect([method, asked, Object.keys(documented.responses)]).toEqual([
        method,
        asked,
        expect.arrayContaining([String(status)]),
      ]);
      if (status !== 401) continue;
      expect(documented.security).toContainEqual({ bearer: expect.any(Array) });
    }
  });
}

/** Whether a request went to a path of the documentation. */
function fits(asked: string, url: string, path: string, template: string): boolean {
  const [requested = ''] = asked.split('?');
  const pattern = template.replace(path, url).replace(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(requested);
}
