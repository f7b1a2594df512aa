import type { RenderedFile } from '../../stack.ts';
import { type Ask, type Collection, nobody, usualToken, variablesIn } from './collection.ts';
import { idOf } from './identity.ts';
import { ofObject, scriptOf } from './script.ts';
import { type Yaml, yamlText } from './yaml.ts';

const tool = ofObject('insomnia');

/** A collection of Insomnia (v5) with its environment. */
export function insomniaFiles(collection: Collection): RenderedFile[] {
  const { name, description, folders, variables } = collection;
  // It renders no request with a variable that is nowhere.
  const unset = variablesIn(collection).map((each) => [each, ''] as const);
  const data = Object.fromEntries([...unset, ...variables.map((each) => [each.name, each.value])]);
  const document: Yaml = {
    type: 'collection.insomnia.rest/5.0',
    schema_version: '5.1',
    name,
    meta: { id: `wrk_${idOf('insomnia', name)}`, description },
    collection: folders.map((folder, at) => ({
      name: folder.name,
      meta: { id: `fld_${idOf('insomnia', name, folder.name)}`, sortKey: at },
      children: folder.requests.map((ask, place) =>
        requestOf(ask, place, `req_${idOf('insomnia', name, folder.name, ask.name)}`),
      ),
    })),
    environments: {
      name: 'Base Environment',
      meta: { id: `env_${idOf('insomnia', name)}`, isPrivate: false },
      data,
    },
  };
  return [{ path: 'collections/insomnia.yaml', content: yamlText(document) }];
}

function requestOf(ask: Ask, sortKey: number, id: string): Yaml {
  const { name, method, path, query = [], headers = {}, body, as = usualToken } = ask;
  const scripts = {
    ...(ask.before.length > 0 && { preRequest: scriptOf(ask.before, tool) }),
    afterResponse: scriptOf(ask.after, tool),
  };
  return {
    url: inItsWords(`{{baseUrl}}${path}`),
    name,
    meta: { id, sortKey },
    method,
    ...(body !== undefined && {
      body: { mimeType: 'application/json', text: inItsWords(body) },
    }),
    ...(query.length > 0 && {
      parameters: query.map((each) => ({
        name: each.name,
        value: each.value,
        disabled: each.isOff,
      })),
    }),
    headers: [
      ...(body === undefined ? [] : [{ name: 'Content-Type', value: 'application/json' }]),
      ...Object.entries(headers).map(([key, value]) => ({ name: key, value: inItsWords(value) })),
    ],
    authentication:
      as === nobody ? { type: 'none' } : { type: 'bearer', token: inItsWords(`{{${as}}}`) },
    scripts,
  };
}

const inItsWords = (text: string) => text.replace(/\{\{(\w+)\}\}/g, '{{ _.$1 }}');
