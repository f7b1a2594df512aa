import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EndpointRequest } from '../../src/manifest/endpoint.ts';
import { parseEndpoint } from '../../src/manifest/endpoint.ts';
import { pluralName } from '../../src/manifest/names.ts';
import { express } from '../../src/stacks/express/express.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { parseSource } from '../../src/stacks/typescript/wire/parse.ts';
import { readScopes } from '../../src/stacks/typescript/wire/scope.ts';
import { accountsManifest, grown } from './manifests.ts';

const { rules } = stacks.express;

const templates = fileURLToPath(new URL('../../templates/express/resource/', import.meta.url));

/** Between them they make the templates render everything that they can. */
const requests: EndpointRequest[] = [
  { name: 'drafts', fields: ['title:string:private', 'kind:enum:a,b'], access: 'read=owner' },
  {
    name: 'reports',
    fields: [
      'title:string:search:unique',
      'days:date:list:filter',
      'meta:json',
      'place:integer:sort:optional',
    ],
    access: 'read=moderator,create=admin,update=admin,delete=admin',
    pagination: 'offset',
  },
  {
    name: 'notes',
    fields: [
      'draft:ref:drafts:filter',
      'report:ref:reports:optional',
      'text:text:default=x',
      'at:datetime:sort',
      'amount:decimal:sort',
      'contact:email',
      'site:url',
      'code:uuid:readonly:optional',
    ],
    under: 'drafts',
    access: 'read=public,create=public,update=moderator,delete=admin',
    rateLimit: '9/minute',
  },
];

const manifest = grown(accountsManifest, ...requests);

/** Every identifier of the files of endpoints: what they declare or import, and what they only use. */
export function identifiersOfEndpoints(): { declared: string[]; used: string[] } {
  const declared = new Set<string>();
  const used = new Set(wordsOfTemplates());
  for (const plural of Object.keys(manifest.endpoints)) {
    for (const { content } of express.renderEndpoint(manifest, plural)) {
      const source = parseSource(content);
      if (!source) throw new Error(`this does not parse:\n${content}`);
      const scopes = readScopes(source);
      for (const names of scopes.declared.values())
        for (const name of names.keys()) declared.add(name);
      for (const name of scopes.identifiers.keys()) used.add(name);
    }
  }
  // What a rendering imports depends on its fields: the templates name them all.
  for (const name of importsOfTemplates()) declared.add(name);
  const isOfTheseEndpoints = (name: string) =>
    /drafts?(?![a-z])|reports?(?![a-z])|notes?(?![a-z])/i.test(name);
  const sorted = (names: Set<string>) =>
    [...names].filter((name) => !isOfTheseEndpoints(name)).sort();
  return { declared: sorted(declared), used: sorted(used).filter((name) => !declared.has(name)) };
}

/**
 * Endpoints from whose names code is made that is there already: called like an import, or so that
 * a name with an ending or a beginning of theirs is one that their files declare, or, with
 * `project`, one that any file of the project has.
 */
export function endpointsNamedAlike(): { files: string[]; project: string[] } {
  const words = express
    .renderProject(manifest, '1.0.0')
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap(({ content }) => content.match(/[A-Za-z_$][\w$]*/g) ?? []);
  const forms = formsOfNames();
  const partsOf = (known: readonly string[]) =>
    known.flatMap((word) => forms.flatMap((form) => form.exec(word)?.[1] ?? []));
  const allowed = (names: readonly string[]) =>
    [...new Set(names.map(pluralName))].filter(isAllowed).sort();
  return {
    files: allowed([...importsOfTemplates(), ...partsOf(identifiersOfEndpoints().declared)]),
    project: allowed(partsOf([...new Set(words)])),
  };
}

/** Whether a new project may have an endpoint of that name. */
function isAllowed(name: string): boolean {
  try {
    parseEndpoint({ name, fields: ['title'] }, accountsManifest, rules);
    return true;
  } catch {
    return false;
  }
}

/** What the templates make of the name of an endpoint, `Zorp` and `Zorps`, as patterns. */
function formsOfNames(): RegExp[] {
  const fields = ['title:string:search:sort', 'draft:ref:drafts'];
  const more = grown(manifest, { name: 'zorps', fields, under: 'drafts' });
  const files = express.renderEndpoint(more, 'zorps');
  const words = files.flatMap(({ content }) => content.match(/\w*[Zz]orp\w*/g) ?? []);
  const forms = [...new Set(words)].filter((word) => !/Draft|^[Zz]orps?$/.test(word));
  return forms.map(
    (word) => new RegExp(`^${word.replace(/[Zz]orps?/, '([A-Za-z][A-Za-z0-9]*)')}$`),
  );
}

/** What the templates import, of which a rendering keeps what it uses. */
export function importsOfTemplates(): string[] {
  const imports = texts().flatMap((text) => [...text.matchAll(/^import .*$/gm)]);
  const names = imports.flatMap(
    ([line]) => line.replace(/'.*|\{\{[^}]*\}\}/g, ' ').match(/[A-Za-z_$][\w$]*/g) ?? [],
  );
  return [...new Set(names)];
}

/** The code of the templates without what is put in, comments and texts. */
function wordsOfTemplates(): string[] {
  return texts().flatMap((text) => {
    const code = text
      .replace(/\{\{[^}]*\}\}/g, ' ')
      .replace(/\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'/g, ' ');
    return code.match(/[A-Za-z_$][\w$]*/g) ?? [];
  });
}

function texts(): string[] {
  const files = readdirSync(templates, { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.ts.hbs'))
    .map((path) => readFileSync(`${templates}${path}`, 'utf8'));
}
