import { parse } from 'yaml';
import * as z from 'zod';

const pair = z.object({
  name: z.string(),
  value: z.string(),
  disabled: z.boolean().default(false),
});

const request = z.object({
  name: z.string(),
  method: z.string(),
  url: z.string(),
  headers: z.array(pair),
  parameters: z.array(pair).default([]),
  body: z.object({ text: z.string() }).optional(),
  authentication: z.object({ type: z.enum(['none', 'bearer']), token: z.string().default('') }),
  scripts: z.object({ preRequest: z.string().default(''), afterResponse: z.string() }),
});

const document = z.object({
  type: z.literal('collection.insomnia.rest/5.0'),
  collection: z.array(z.object({ name: z.string(), children: z.array(request) })),
});

/**
 * A collection of Insomnia as one of Postman, word by word: no program without a window runs it, and
 * its scripts have the same functions under another name.
 */
export function asPostman(text: string): string {
  const { collection } = document.parse(parse(text));
  const item = collection.map(({ name, children }) => ({ name, item: children.map(itemOf) }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  return inItsWords(JSON.stringify({ info: { name: 'insomnia', schema }, item }));
}

const inItsWords = (text: string) =>
  text.replace(/\{\{ _\.(\w+) \}\}/g, '{{$1}}').replace(/\binsomnia\./g, 'pm.');

function itemOf(asked: z.output<typeof request>) {
  const { name, method, url, headers, parameters, body, authentication, scripts } = asked;
  const { type, token } = authentication;
  const query = parameters.filter(({ disabled }) => !disabled);
  const search = query.map((each) => `${each.name}=${each.value}`).join('&');
  const event = (listen: string, code: string) => ({ listen, script: { exec: code.split('\n') } });
  return {
    name,
    event: [event('prerequest', scripts.preRequest), event('test', scripts.afterResponse)],
    request: {
      method,
      url: search === '' ? url : `${url}?${search}`,
      header: headers.map((each) => ({ key: each.name, value: each.value })),
      auth:
        type === 'none' ? { type: 'noauth' } : { type, bearer: [{ key: 'token', value: token }] },
      ...(body && { body: { mode: 'raw', raw: body.text } }),
    },
  };
}
