import type { RenderedFile } from '../../stack.ts';
import { type Ask, type Collection, nobody, usualToken } from './collection.ts';
import { type Line, ofFunctions, scriptOf } from './script.ts';
import { type Yaml, yamlText } from './yaml.ts';

const root = 'collections/bruno';

/** A collection in the format of OpenCollection, which Bruno opens as a folder. */
export function brunoFiles({
  name,
  description,
  folders,
  variables,
  isSecured,
}: Collection): RenderedFile[] {
  const whole: Yaml = {
    opencollection: '1.0.0',
    info: { name },
    ...(isSecured && { request: { auth: bearer(usualToken) } }),
    docs: description,
  };
  const environment: Yaml = {
    name: 'local',
    variables: variables.map((variable) =>
      variable.isSecret
        ? { name: variable.name, secret: true }
        : { name: variable.name, value: variable.value },
    ),
  };
  return [
    { path: `${root}/opencollection.yml`, content: yamlText(whole) },
    { path: `${root}/environments/local.yml`, content: yamlText(environment) },
    ...folders.flatMap((folder, at) => {
      const path = `${root}/${fileName(folder.name)}`;
      return [
        {
          path: `${path}/folder.yml`,
          content: yamlText({ info: { name: folder.name, type: 'folder', seq: at + 1 } }),
        },
        ...folder.requests.map((ask, place) => ({
          path: `${path}/${fileName(ask.name)}.yml`,
          content: yamlText(requestOf(ask, place + 1, isSecured)),
        })),
      ];
    }),
  ];
}

const bearer = (variable: string) => ({ type: 'bearer', token: `{{${variable}}}` });

function requestOf(ask: Ask, seq: number, isSecured: boolean): Yaml {
  const { name, method, path, query = [], headers = {}, body, as, before, after } = ask;
  const auth = as === nobody || !isSecured ? 'none' : as === undefined ? 'inherit' : bearer(as);
  const on = query.filter(({ isOff }) => !isOff).map((each) => `${each.name}=${each.value}`);
  return {
    info: { name, type: 'http', seq },
    http: {
      method,
      url: `{{baseUrl}}${path}${on.length > 0 ? `?${on.join('&')}` : ''}`,
      ...(query.length > 0 && {
        params: query.map((each) => ({
          name: each.name,
          value: each.value,
          type: 'query',
          ...(each.isOff && { disabled: true }),
        })),
      }),
      ...(Object.keys(headers).length > 0 && {
        headers: Object.entries(headers).map(([key, value]) => ({ name: key, value })),
      }),
      ...(body !== undefined && { body: { type: 'json', data: body } }),
      auth,
    },
    runtime: {
      scripts: [
        ...(before.length > 0 ? [scriptFor('before-request', before)] : []),
        scriptFor('tests', after),
      ],
    },
  };
}

const scriptFor = (type: string, lines: readonly Line[]) => ({
  type,
  code: scriptOf(lines, ofFunctions),
});

const fileName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
