import { ts } from 'ts-morph';
import { afterEach, describe, expect, it } from 'vitest';
import { parseResourceName } from '../../src/manifest/names.ts';
import { express } from '../../src/stacks/express/express.ts';
import type { RenderedFile } from '../../src/stacks/stack.ts';
import { stacks } from '../../src/stacks/stacks.ts';
import { parseSource } from '../../src/stacks/typescript/wire/parse.ts';
import { isReference, readScopes } from '../../src/stacks/typescript/wire/scope.ts';
import { isSoundTypeScript } from '../../src/stacks/typescript/wire/sound.ts';
import { endpointsNamedAlike, importsOfTemplates } from './identifiers.ts';
import { accountsManifest, emptyManifest, grown } from './manifests.ts';
import { endpointsOf, fieldKinds } from './named-alike.ts';

const { rules } = stacks.express;

const imports = importsOfTemplates();
const others = { fields: { title: { type: 'string' as const } }, pagination: 'cursor' as const };

// None of these tests waits for anything: without this, the reports of a minute's work would come too
// late for those who wait for them.
afterEach(() => new Promise((done) => setImmediate(done)));

const isImport = (node: ts.Node) => ts.isImportSpecifier(node) || ts.isNamespaceImport(node);

/** What a linter or the type-checker would say of names: imports that nothing uses, names twice. */
function nameProblems(text: string): string[] {
  const source = parseSource(text);
  if (!source) return ['does not parse'];
  const { declared: scopes, identifiers } = readScopes(source);
  const imported = [...(scopes.get(source) ?? [])].filter(([, node]) => isImport(node));
  const unused = imported.filter(([name]) => !identifiers.get(name)?.some(isReference));
  return [
    ...unused.map(([name]) => `does not use ${name}`),
    ...(isSoundTypeScript(text) ? [] : ['has a name twice']),
  ];
}

describe('fields with the names that generated code uses itself', () => {
  it.each(Object.entries(fieldKinds))('%s', (kind, field) => {
    const pagination = kind.length % 2 === 0 ? 'cursor' : 'offset';
    const endpoints = endpointsOf(kind, field, imports, pagination);
    const manifest = { ...emptyManifest, endpoints: { others, ...endpoints } };
    const files = Object.keys(endpoints).flatMap((plural) =>
      express.renderEndpoint(manifest, plural),
    );
    const problems = files.flatMap(({ path, content }) =>
      nameProblems(content).map((problem) => `${path} ${problem}`),
    );
    expect(problems).toEqual([]);
  });
});

/** What the documentation may have only once. */
function idsOf({ content }: RenderedFile): string[] {
  return [...content.matchAll(/operationId: '\w+'|\.meta\(\{ id: '\w+' \}\)/g)].map(([id]) => id);
}

describe('endpoints with such names', () => {
  const accounts = accountsManifest;
  const known = new Set(express.renderProject(accounts, '1.0.0').flatMap(idsOf));
  const names = endpointsNamedAlike();

  it.each(names.files)('%s, and those that refer to it', (name) => {
    const ref = `${parseResourceName(name, rules).singular}:ref:${name}`;
    const access = 'read=public,create=user,update=admin,delete=admin';
    const manifest = grown(
      accounts,
      { name: 'zarps', fields: ['title'], access: 'read=owner' },
      { name, fields: ['zarp:ref:zarps:optional'], access: 'read=owner' },
      { name: 'zorps', fields: [ref], under: name, access },
    );
    // Where names of several endpoints meet.
    const files = [parseResourceName(name, rules).plural, 'zorps']
      .flatMap((plural) => express.renderEndpoint(manifest, plural))
      .filter(({ path }) => /\.(routes|service)\.ts$|(?<!zorps)\.test\.ts$/.test(path));
    const problems = files.flatMap(({ path, content }) =>
      nameProblems(content).map((problem) => `${path} ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it('have names of their own in the documentation', () => {
    const taken = names.project.flatMap((name) => {
      const manifest = grown(accounts, { name, fields: ['title'] });
      const { plural } = parseResourceName(name, rules);
      const ids = express.renderEndpoint(manifest, plural).flatMap(idsOf);
      return ids.filter((id) => known.has(id)).map((id) => `${name}: ${id}`);
    });
    expect(taken).toEqual([]);
  });
});
