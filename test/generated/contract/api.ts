import * as z from 'zod';

const meta = { timestamp: z.iso.datetime(), requestId: z.string().min(1) };
const success = z.strictObject({ data: z.unknown(), meta: z.looseObject(meta) });
const failure = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    message: z.string().min(1),
    details: z
      .array(
        z.strictObject({
          field: z.string(),
          message: z.string().min(1),
          value: z.unknown().optional(),
        }),
      )
      .optional(),
  }),
  meta: z.strictObject({ ...meta, path: z.string() }),
});

export type Row = Record<string, unknown> & { id: string };
export type Failure = z.output<typeof failure>['error'];
export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  data: unknown;
  meta: Record<string, unknown>;
  error: Failure | undefined;
};
export type Api = ReturnType<typeof createApi>;

/** Talks to any server that keeps the contract, and holds every single answer to its form. */
export function createApi(baseUrl: string) {
  async function raw(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${baseUrl}${path}`, { redirect: 'manual', ...init, method });
    const text = await response.text();
    try {
      return readAnswer(response, text, path);
    } catch (cause) {
      const sent = typeof init.body === 'string' ? init.body.slice(0, 2000) : '';
      const request = `${method} ${path.slice(0, 2000)} ${sent}`;
      throw new Error(`${request}\nanswered ${response.status}: ${text.slice(0, 500)}`, { cause });
    }
  }
  const json = (method: string, path: string, body: string) =>
    raw(method, path, { headers: { 'Content-Type': 'application/json' }, body });
  const send = (method: string) => (path: string, data: unknown) =>
    json(method, path, JSON.stringify({ data }));
  const get = (path: string) => raw('GET', path);
  const post = send('POST');

  return {
    url: (path: string) => `${baseUrl}${path}`,
    raw,
    json,
    get,
    post,
    put: send('PUT'),
    patch: send('PATCH'),
    delete: (path: string) => raw('DELETE', path),
    /** Creates a row, which has to work. */
    async create(path: string, data: unknown): Promise<Row> {
      const answer = await post(path, data);
      if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.text}`);
      return toRow(answer.data);
    },
    /** The rows of a page, which has to be there. */
    async list(path: string): Promise<Row[]> {
      const answer = await get(path);
      if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.text}`);
      return toRows(answer.data);
    },
  };
}

const row = z.looseObject({ id: z.uuid() });
export const toRow = (data: unknown): Row => row.parse(data);
export const toRows = (data: unknown): Row[] => z.array(row).parse(data);
export const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id);

/** The fields that an answer complains of, in alphabetical order, each once. */
export function fieldsOf({ error }: Answer): string[] {
  return [...new Set(error?.details?.map(({ field }) => field))].sort();
}

function readAnswer(response: Response, text: string, path: string): Answer {
  const { status, headers } = response;
  const requestId = headers.get('x-request-id');
  if (status >= 500) throw new Error('The server failed');
  if (!requestId) throw new Error('Expected X-Request-Id');
  if (text === '') return { status, headers, text, data: undefined, meta: {}, error: undefined };
  if (!headers.get('content-type')?.startsWith('application/json'))
    throw new Error('Expected JSON');

  const parsed: unknown = JSON.parse(text);
  if (status < 400) {
    const { data, meta } = success.parse(parsed);
    if (meta.requestId !== requestId) throw new Error('Expected the id of the header in meta');
    return { status, headers, text, data, meta, error: undefined };
  }
  const { error, meta } = failure.parse(parsed);
  if (meta.requestId !== requestId) throw new Error('Expected the id of the header in meta');
  if (meta.path !== path.split('?', 1)[0]) throw new Error('Expected the path in meta');
  if (status === 422 && !error.details?.length) throw new Error('Expected details');
  const isNamed = path.includes('?') || error.details?.every(({ field }) => field !== '');
  if (status === 422 && !isNamed) throw new Error('Expected the names of the fields');
  return { status, headers, text, data: undefined, meta, error };
}
