import * as z from 'zod';
import { BrokenPromise } from './promise.ts';

/** A request as a person would read it, and the path that the answer has to name. */
export type Sent = { request: string; method: string; path: string };

export type Answer = {
  request: string;
  status: number;
  headers: Headers;
  text: string;
  data: unknown;
  meta: Record<string, unknown>;
  error: Failure | undefined;
};

const stamp = {
  timestamp: z.iso.datetime({ precision: 3 }),
  requestId: z.string().min(1),
};
const success = z.strictObject({ data: z.json(), meta: z.looseObject(stamp) });
const detail = z.strictObject({
  field: z.string(),
  message: z.string().min(1),
  value: z.unknown().optional(),
});
const failure = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    details: z.array(detail).optional(),
  }),
  meta: z.strictObject({ ...stamp, path: z.string() }),
});

type Failure = z.output<typeof failure>['error'];

/** The code of each status that a refusal has. */
const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'VALIDATION_ERROR',
  429: 'RATE_LIMITED',
};

/** Reads an answer of the API. Throws a BrokenPromise where it has not the form that all have. */
export function readAnswer(sent: Sent, { status, headers }: Response, text: string): Answer {
  const { request } = sent;
  const broken = (found: string, expected: string) => new BrokenPromise(request, found, expected);
  const answer = { request, status, headers, text, data: undefined, meta: {}, error: undefined };
  const requestId = headers.get('x-request-id');
  if (status >= 500) throw broken(`${status} ${shortened(text)}`, 'no failure of the server');
  if (!requestId) throw broken('no X-Request-Id', 'the header in every answer');
  if (text === '') {
    const mayBeEmpty = status === 204 || status === 304 || sent.method === 'HEAD';
    if (!mayBeEmpty) throw broken(`${status} without a body`, 'a body of JSON');
    return answer;
  }
  if (!headers.get('content-type')?.startsWith('application/json')) {
    throw broken(`Content-Type: ${headers.get('content-type')}`, 'application/json');
  }
  const parsed = parseJson(text);
  const form = status < 400 ? success : failure;
  const read = form.safeParse(parsed);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') || 'the body';
    throw broken(
      `${where}: ${issue?.message} in ${shortened(text)}`,
      formOf[form === success ? 'success' : 'failure'],
    );
  }
  const { meta } = read.data;
  if (meta.requestId !== requestId) {
    throw broken(`meta.requestId ${String(meta.requestId)}`, `${requestId}, as in X-Request-Id`);
  }
  if (!('error' in read.data)) return { ...answer, data: read.data.data, meta };
  const { error } = read.data;
  if (meta.path !== sent.path) throw broken(`meta.path ${String(meta.path)}`, sent.path);
  const code = codes[status];
  if (code !== undefined && error.code !== code) throw broken(`${status} ${error.code}`, code);
  if (status === 422 && !error.details?.length) throw broken('422 without details', 'each problem');
  return { ...answer, meta, error };
}

const formOf = {
  success: '{ "data", "meta": { "timestamp", "requestId", … } }',
  failure: '{ "error": { "code", "message" }, "meta": { "timestamp", "requestId", "path" } }',
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As much of a text as fits into a line. */
export const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

/** The fields that a refusal complains of, in alphabetical order, each once. */
export const fieldsOf = ({ error }: Answer): string[] =>
  [...new Set(error?.details?.map(({ field }) => field))].sort();
