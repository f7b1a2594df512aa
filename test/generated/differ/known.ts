import type { Answer, Difference } from './compare.ts';
import { isObject } from './pairs.ts';

type Known = {
  reason: string;
  covers(difference: Difference, express: Answer): boolean;
};

/** All that the stacks answer otherwise, and what forces it. */
export const known: readonly Known[] = [
  {
    reason: 'orjson writes UTF-8, which has no halves of characters: they are shown as U+FFFD',
    covers: ({ differs, express, fastapi }) =>
      differs === 'body' &&
      JSON.stringify(express).replace(/\\ud[89a-f][0-9a-f]{2}/g, '�') === JSON.stringify(fastapi),
  },
  {
    reason: 'zod goes on with the checks of a value after one has failed, Pydantic stops there',
    covers: ({ differs, express, fastapi }) =>
      differs === 'body' &&
      JSON.stringify(firstOfEach(express)) === JSON.stringify(firstOfEach(fastapi)),
  },
  {
    reason: 'Brotli is no part of Python: packed bodies are gzip or deflate',
    covers: ({ request }) => request.headers['Content-Encoding'] === 'br',
  },
];

/** The first problem of each field. */
function firstOfEach(body: unknown): unknown {
  if (!isObject(body) || !isObject(body.error) || !Array.isArray(body.error.details)) return body;
  const seen = new Set<unknown>();
  const details = body.error.details.filter(({ field }) => {
    const isFirst = !seen.has(field);
    seen.add(field);
    return isFirst;
  });
  const plain = JSON.stringify(details).replace(/\\ud[89a-f][0-9a-f]{2}/g, '�');
  return { ...body, error: { ...body.error, details: plain } };
}
