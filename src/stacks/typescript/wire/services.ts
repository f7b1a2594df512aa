import type { ts } from 'ts-morph';
import type { WireResult } from '../../../manifest/change.ts';
import { addImport } from './add-import.ts';
import { addToList } from './add-to-list.ts';
import { databaseFor, findServices, serviceNamed } from './find-services.ts';
import { findImport } from './imports.ts';
import { applyInsertions } from './insert.ts';
import { mentions } from './mentions.ts';
import { parseAgain, parseSource } from './parse.ts';
import { readScopes } from './scope.ts';

/** `name` is its property, `create` the function that creates it. */
export type Service = { name: string; create: string; from: string };

/** Adds the service of an endpoint to the object of all services. */
export function wireServices(text: string | undefined, service: Service): WireResult {
  const wanted = { name: service.create, from: service.from };
  const manual = (reason: string, create = service.create, database = 'db'): WireResult => {
    const lines = [
      ...(create === service.create
        ? ['// with the imports', `import { ${create} } from '${service.from}';`, '']
        : []),
      '// in the object that createServices returns',
      `${service.name}: ${create}(${database}),`,
    ];
    return { status: 'manual', reason, snippet: lines.join('\n') };
  };
  if (text === undefined) return manual('the file is missing: restore it first');
  const source = parseSource(text);
  if (!source) return manual('the file has syntax errors');

  const scopes = readScopes(source);
  const services = findServices(source, scopes);
  if ('reason' in services) return manual(services.reason);
  const imported = findImport(source, scopes, wanted);
  if (imported.status === 'taken') return manual(imported.reason);
  const create = imported.status === 'imported' ? imported.expression : service.create;
  const database = databaseFor(services, scopes);
  if (database === undefined) return manual('no variable with the database was found', create);

  const property = serviceNamed(services, service.name);
  if (property && !mentions(scopes, property, create, imported)) {
    const reason = `the property ${service.name} exists, but is not created by ${create}`;
    return manual(reason, create, database);
  }
  const other = services.properties.find((each) => mentions(scopes, each, create, imported));
  if (!property && other) {
    return manual(`${create} is used by another property`, create, database);
  }
  if (property && imported.status === 'imported') return { status: 'already' };

  const line = `${service.name}: ${create}(${database})`;
  const insertions = [
    ...(imported.status === 'missing' ? [addImport(source, wanted, 'import')] : []),
    ...(property ? [] : addToList(source, services, services.properties.at(-1), line)),
  ];
  const edited = applyInsertions(text, insertions);
  return isWired(parseAgain(source, insertions), service)
    ? { status: 'wired', text: edited }
    : manual('no place was found where the property can be added safely', create, database);
}

function isWired(source: ts.SourceFile | undefined, service: Service): boolean {
  if (!source) return false;
  const scopes = readScopes(source);
  const services = findServices(source, scopes);
  const imported = findImport(source, scopes, { name: service.create, from: service.from });
  if ('reason' in services || imported.status !== 'imported') return false;
  const property = serviceNamed(services, service.name);
  return property !== undefined && mentions(scopes, property, imported.expression, imported);
}
