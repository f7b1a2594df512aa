import type { RenderedFile } from '../../stack.ts';
import type { Ask, Collection, Parameter } from './collection.ts';
import { nobody, usualToken } from './collection.ts';
import { uuidOf } from './identity.ts';
import { jsonText } from './json.ts';
import { type Line, ofObject, scriptOf } from './script.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const tool = ofObject('pm');

/** A collection of Postman (v2.1), and its environment. */
export function postmanFiles(collection: Collection): RenderedFile[] {
  const { name, description, folders, variables, isSecured } = collection;
  const whole = {
    info: { _postman_id: uuidOf('postman', name), name, description, schema },
    auth: isSecured ? bearer(usualToken) : { type: 'noauth' },
    item: folders.map((folder) => ({
      name: folder.name,
      item: folder.requests.map((ask) => itemOf(ask, name, folder.name)),
    })),
  };
  const environment = {
    id: uuidOf('postman environment', name),
    name: `${name} local`,
    values: variables.map((variable) => ({
      key: variable.name,
      value: variable.value,
      type: variable.isSecret ? 'secret' : 'default',
      enabled: true,
    })),
    _postman_variable_scope: 'environment',
  };
  return [
    { path: 'collections/postman/collection.json', content: jsonText(whole) },
    { path: 'collections/postman/environment.json', content: jsonText(environment) },
  ];
}

const bearer = (variable: string) => ({
  type: 'bearer',
  bearer: [{ key: 'token', value: `{{${variable}}}`, type: 'string' }],
});

function itemOf(ask: Ask, ...place: readonly string[]) {
  const { name, method, path, query = [], headers = {}, body, as, before, after } = ask;
  return {
    id: uuidOf('postman request', ...place, name),
    name,
    event: [...(before.length > 0 ? [eventOf('prerequest', before)] : []), eventOf('test', after)],
    request: {
      ...(as !== undefined && { auth: as === nobody ? { type: 'noauth' } : bearer(as) }),
      method,
      header: [
        ...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]),
        ...Object.entries(headers).map(([key, value]) => ({ key, value })),
      ],
      ...(body !== undefined && {
        body: { mode: 'raw', raw: body, options: { raw: { language: 'json' } } },
      }),
      url: {
        raw: `{{baseUrl}}${path}${queryText(query)}`,
        host: ['{{baseUrl}}'],
        path: path.split('/').slice(1),
        ...(query.length > 0 && { query: query.map(parameterOf) }),
      },
    },
    response: [],
  };
}

const eventOf = (listen: string, lines: readonly Line[]) => ({
  listen,
  script: { type: 'text/javascript', exec: scriptOf(lines, tool).split('\n') },
});

const parameterOf = ({ name, value, isOff }: Parameter) => ({
  key: name,
  value,
  ...(isOff && { disabled: true }),
});

function queryText(query: readonly Parameter[]): string {
  const on = query.filter(({ isOff }) => !isOff).map(({ name, value }) => `${name}=${value}`);
  return on.length === 0 ? '' : `?${on.join('&')}`;
}
