import { enumMember, isInGraphql } from '../../../manifest/graphql-names.ts';
import type { Manifest, Operation } from '../../../manifest/manifest.ts';
import { describeType } from '../../graphql/describe-type.ts';
import { whoMayDo } from '../../places.ts';
import type { Resource, ResourceField } from '../../resource.ts';
import type { Value } from './answer.ts';
import { freshen, graphqlBody, membersOf } from './body.ts';
import { type Ask, type Folder, nobody } from './collection.ts';
import type { Endpoint } from './endpoint.ts';
import { hasCode, hasData, keepsMade } from './graphql-answer.ts';
import { expectedOf } from './reach.ts';
import { needs, sets } from './script.ts';

/** An id that no row has. */
const unknownId = '00000000-0000-7000-8000-000000000000';

/** What the same rows look like over GraphQL: a query, a mutation and a refusal of each endpoint. */
export function graphqlFolder(
  manifest: Manifest,
  users: Resource | undefined,
  endpoints: readonly Endpoint[],
): Folder {
  const ask = asking(`${manifest.basePath}/graphql`);
  const isThere = ({ names }: Resource) => isInGraphql(manifest, names.plural);
  const reached = endpoints.filter(({ resource }) => isThere(resource));
  const me = ask('Query who signed in', '{ me { id } }', {
    after: [hasData({}, 'answer.data.me.id.length > 0')],
  });
  return {
    name: 'graphql',
    requests: [
      ...(users && isThere(users) ? [me] : []),
      ...reached.flatMap((endpoint) => [
        ...query(endpoint, ask),
        ...mutation(manifest, endpoint, ask),
        ...refusal(endpoint, ask),
      ]),
    ],
  };
}

type Rest = Pick<Ask, 'after'> & Partial<Pick<Ask, 'before' | 'as'>> & { variables?: object };
type Asking = ReturnType<typeof asking>;

const asking =
  (path: string) =>
  (name: string, text: string, { variables = {}, before = [], ...rest }: Rest): Ask => ({
    ...{ name, method: 'POST', path, before },
    body: graphqlBody(text, { ...variables }),
    ...rest,
  });

function query({ resource, reach, needsRow, expected }: Endpoint, ask: Asking): Ask[] {
  const { names, operations } = resource;
  if (operations.has('list')) {
    const text = `{ ${names.plural}(first: 100) { edges { node { id } } } }`;
    const right = `Array.isArray(answer.data.${names.plural}.edges)`;
    return [ask(`Query ${names.humanPlural}`, text, { after: [hasData(expected('list'), right)] })];
  }
  if (!operations.has('get') || !operations.has('create')) return [];
  const text = `query ($id: ID!) { ${names.singular}(id: $id) { id } }`;
  const after = [hasData(expected('get'), `answer.data.${names.singular}.id.length > 0`)];
  const variables = { id: `{{${reach.made}}}` };
  return [ask(`Query the ${names.humanSingular}`, text, { variables, before: needsRow, after })];
}

/** Whether GraphQL changes the row of the requests before, which has another tag then. */
export const hasChange = (manifest: Manifest, { resource }: Endpoint): boolean =>
  isInGraphql(manifest, resource.names.plural) &&
  resource.operations.has('create') &&
  resource.operations.has('update') &&
  describeType(manifest, resource).update.length > 0;

/** The row of the requests before is changed; where no row can be, one more is made. */
function mutation(manifest: Manifest, endpoint: Endpoint, ask: Asking): Ask[] {
  const { resource, reach, needsRow, expected } = endpoint;
  const { names, operations } = resource;
  if (!operations.has('create')) return [];
  if (!hasChange(manifest, endpoint))
    return reach.isSingle ? [] : creation(manifest, endpoint, ask);
  const name = `update${names.Singular}`;
  const payload = `{ ${names.singular} { id } errors { field code } }`;
  const head = `mutation ($id: ID!, $input: Update${names.Singular}Input!)`;
  const text = `${head} { ${name}(id: $id, input: $input) ${payload} }`;
  const variables = { id: `{{${reach.made}}}`, input: {} };
  const right = `answer.data.${name}.errors.length === 0 && answer.data.${name}.${names.singular}.id.length > 0`;
  const after = [hasData(expected('update'), right)];
  return [ask(`Change the ${names.humanSingular}`, text, { variables, before: needsRow, after })];
}

function creation(manifest: Manifest, endpoint: Endpoint, ask: Asking): Ask[] {
  const { resource, own, rowOf, needsRefs, expected } = endpoint;
  const { names, operations } = resource;
  const [name, kept] = [`create${names.Singular}`, `${names.singular}QueriedId`];
  const hasInput = describeType(manifest, resource).create.length > 0;
  const payload = `{ ${names.singular} { id } errors { field code } }`;
  const text = hasInput
    ? `mutation ($input: Create${names.Singular}Input!) { ${name}(input: $input) ${payload} }`
    : `mutation { ${name} ${payload} }`;
  const input = { ...rowOf(4), ...enumsOf(own, rowOf(4)) };
  const create = ask(`Create another ${names.humanSingular}`, text, {
    ...(hasInput && { variables: { input: membersOf(input) } }),
    before: [sets(kept, '""'), ...needsRefs, ...freshen(names.singular, own)],
    after: [
      hasData(expected('create'), `answer.data.${name}.errors.length === 0`),
      keepsMade(kept, `${name}?.${names.singular}`),
    ],
  });
  if (!operations.has('delete')) return [create];
  const remove = `delete${names.Singular}`;
  const removal = `mutation ($id: ID!) { ${remove}(id: $id) { deletedId errors { field code } } }`;
  return [
    create,
    ask(`Delete the other ${names.humanSingular}`, removal, {
      variables: { id: `{{${kept}}}` },
      before: [needs(kept)],
      after: [hasData(expected('delete'), `answer.data.${remove}.errors.length === 0`)],
    }),
  ];
}

/** The members of enums, which have other names in GraphQL. */
function enumsOf(own: readonly ResourceField[], row: Readonly<Record<string, Value>>) {
  const named = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(named);
    return typeof json === 'string' ? enumMember(json) : json;
  };
  return Object.fromEntries(
    own
      .filter(({ type }) => type === 'enum')
      .flatMap(({ name }): [string, Value][] => {
        const value = row[name];
        return value && 'json' in value ? [[name, { json: named(value.json) }]] : [];
      }),
  );
}

/** Who has not signed in; where everybody may do all, a page that is too large, or no row. */
function refusal({ resource }: Endpoint, ask: Asking): Ask[] {
  const { names, operations, access } = resource;
  const has = (operation: Operation) => operations.has(operation);
  const isGuarded = (operation: Operation) =>
    access !== undefined && has(operation) && whoMayDo(resource, operation).kind !== 'public';
  const list = (size: number) => `{ ${names.plural}(first: ${size}) { edges { cursor } } }`;
  const get = `{ ${names.singular}(id: "${unknownId}") { id } }`;
  const remove = `mutation { delete${names.Singular}(id: "${unknownId}") { deletedId } }`;
  const signedOut = { as: nobody, after: [hasCode('UNAUTHENTICATED')] };
  const stranger = 'who has not signed in';
  if (isGuarded('list')) return [ask(refused(names, stranger), list(1), signedOut)];
  if (isGuarded('get')) return [ask(refused(names, stranger), get, signedOut)];
  if (isGuarded('delete')) return [ask(refused(names, stranger), remove, signedOut)];
  if (has('list')) {
    const after = [hasCode('VALIDATION_ERROR')];
    return [ask(refused(names, 'a page that is too large'), list(101), { after })];
  }
  const isOpen = (operation: Operation) =>
    has(operation) && expectedOf(resource, whoMayDo(resource, operation), []).may === undefined;
  const after = [hasCode('NOT_FOUND')];
  const name = refused(names, 'an id that there is not');
  if (isOpen('get')) return [ask(name, get, { after })];
  return isOpen('delete') ? [ask(name, remove, { after })] : [];
}

const refused = ({ humanPlural }: Resource['names'], what: string) =>
  `Refuse ${what}, of ${humanPlural}`;
