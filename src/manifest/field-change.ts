import { isDeepStrictEqual } from 'node:util';
import { accountProblems } from './account-rules.ts';
import { closest, didYouMean } from './closest.ts';
import { endpointsProblems } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import type { Field } from './field.ts';
import { fieldJsonName } from './field.ts';
import { fieldsProblems } from './field-collisions.ts';
import type { FieldRequest } from './field-command.ts';
import { fieldCommand } from './field-command.ts';
import type { FieldEntry } from './field-grammar.ts';
import { formatField, readFields } from './field-grammar.ts';
import { fieldNameProblems } from './field-rules.ts';
import { findOwn, ownNames } from './find-own.ts';
import { withFrozen } from './freeze.ts';
import { graphqlProblems } from './graphql-rules.ts';
import type { Endpoint, Manifest } from './manifest.ts';
import { addEndpoint } from './manifest.ts';
import type { ResourceNames } from './names.ts';
import { refuseBuiltIns } from './refuse-built-ins.ts';
import type { Renames } from './renames.ts';
import type { Rules } from './rules.ts';
import { isFieldType } from './type-table.ts';

/** The manifest after the change, and which fields were renamed. */
export type FieldChange = { names: ResourceNames; after: Manifest; renames: Renames };

type Draft = { fields: FieldEntry[]; problems: Problem[]; renamed?: Record<string, string> };

/**
 * The requested change; throws one UserError with everything that is wrong. The suggested command
 * does what was probably meant, or is the help: never something else.
 */
export function parseFieldChange(
  request: FieldRequest,
  manifest: Manifest,
  rules: Rules,
): FieldChange {
  const read = readFieldChange(request, manifest, rules);
  if (!('problems' in read)) return read;
  throw new UserError(
    read.problems,
    suggestionFor(read.mended, manifest, rules) ?? helpOf(request),
  );
}

function readFieldChange(
  request: FieldRequest,
  manifest: Manifest,
  rules: Rules,
): FieldChange | { problems: Problem[]; mended: FieldRequest | undefined } {
  const names = findOwn(request.endpoint, manifest, (meant) => {
    const mended = meant === undefined ? undefined : { ...request, endpoint: meant };
    return suggestionFor(mended, manifest, rules) ?? helpOf(request);
  });
  const endpoint = manifest.endpoints[names.plural];
  if (endpoint === undefined) throw new Error(`${names.plural} was found, and is not there`);
  refuseBuiltIns(request, names.plural, manifest);
  const draft = draftOf(request, endpoint, manifest, rules);
  const next: Endpoint = { ...endpoint, fields: Object.fromEntries(draft.fields) };
  const after = addEndpoint(manifest, names.plural, next);
  const problems =
    draft.problems.length > 0 ? draft.problems : problemsOf(names.plural, draft.fields, after);
  if (problems.length > 0) {
    const mended = mend({ ...request, endpoint: names.plural }, endpoint, manifest, rules);
    return { problems, mended };
  }
  return {
    names,
    after: withFrozen(manifest, after, names.plural, draft.renamed),
    renames: draft.renamed ? { fields: { [names.plural]: draft.renamed } } : {},
  };
}

/** The request as a command, if it is possible. */
function suggestionFor(
  request: FieldRequest | undefined,
  manifest: Manifest,
  rules: Rules,
): string | undefined {
  if (request === undefined) return undefined;
  if ('problems' in readFieldChange(request, manifest, rules)) return undefined;
  return fieldCommand(request);
}

const helpOf = ({ kind }: FieldRequest) => `gen field ${kind} --help`;

/** What was probably meant; undefined if that is unclear. */
function mend(
  request: FieldRequest,
  endpoint: Endpoint,
  manifest: Manifest,
  rules: Rules,
): FieldRequest | undefined {
  const fields = Object.entries(endpoint.fields);
  const near = (typed: string) =>
    findField(typed, fields)?.[0] ??
    closest(
      typed,
      fields.map(([name]) => name),
    );
  if (request.kind === 'rename') {
    const from = near(request.from);
    return from === undefined ? undefined : { ...request, from };
  }
  if (request.kind === 'remove') {
    const names = request.names.map(near);
    const known = names.filter((name) => name !== undefined);
    return known.length < names.length ? undefined : { ...request, names: known };
  }
  const { examples } = readTyped(request.fields, manifest, rules);
  const texts = examples.map(([name, field]) =>
    formatField(request.kind === 'change' ? (near(name) ?? name) : name, field),
  );
  return texts.length === 0 ? undefined : { ...request, fields: texts };
}

function draftOf(
  request: FieldRequest,
  endpoint: Endpoint,
  manifest: Manifest,
  rules: Rules,
): Draft {
  const fields = Object.entries(endpoint.fields);
  switch (request.kind) {
    case 'add':
      return addFields(fields, readTyped(request.fields, manifest, rules));
    case 'change':
      return changeFields(fields, readTyped(request.fields, manifest, rules));
    case 'rename':
      return renameField(fields, request, rules);
    case 'remove':
      return removeFields(fields, request.names);
  }
}

/** A field that exists already with the same definition is fine: a command can be repeated. */
function addFields(fields: FieldEntry[], read: ReadTyped): Draft {
  const problems = read.fields.flatMap(([name, field]): Problem[] => {
    const there = fields.find(([each]) => each === name)?.[1];
    if (there === undefined || isDeepStrictEqual(there, field)) return [];
    const found = `\`${name}\` exists already with another definition.`;
    return [{ found, expected: 'Expected a new name; `gen field change` changes a field.' }];
  });
  const isNew = ([name]: FieldEntry) => fields.every(([each]) => each !== name);
  return {
    fields: [...fields, ...read.fields.filter(isNew)],
    problems: [...read.problems, ...problems],
  };
}

function changeFields(fields: FieldEntry[], read: ReadTyped): Draft {
  const problems = read.fields.flatMap(([name]) => missingProblems(name, fields));
  const changed = new Map(read.fields);
  return {
    fields: fields.map(([name, field]) => [name, changed.get(name) ?? field]),
    problems: [...read.problems, ...problems],
  };
}

function renameField(
  fields: FieldEntry[],
  { from, to }: { from: string; to: string },
  rules: Rules,
): Draft {
  const found = findField(from, fields);
  if (found === undefined) {
    const isDone = findField(to, fields) !== undefined;
    return {
      fields,
      problems: isDone ? [alreadyRenamed(from, to)] : missingProblems(from, fields),
    };
  }
  const [name, field] = found;
  const next = plainName(to, field);
  const renamed = fields.map(([each, value]): FieldEntry => [each === name ? next : each, value]);
  const problems = fieldNameProblems(next, field, rules);
  return { fields: renamed, problems, ...(next !== name && { renamed: { [name]: next } }) };
}

function removeFields(fields: FieldEntry[], typed: readonly string[]): Draft {
  if (typed.length === 0) return { fields, problems: [nothingTyped] };
  const gone = typed.map((name) => findField(name, fields)?.[0]);
  const problems = typed.flatMap((name, at) =>
    gone[at] === undefined ? missingProblems(name, fields) : [],
  );
  return { fields: fields.filter(([name]) => !gone.includes(name)), problems };
}

type ReadTyped = ReturnType<typeof readTyped>;

function readTyped(texts: readonly string[], manifest: Manifest, rules: Rules) {
  const others = texts.some(mayRefer) ? ownNames(manifest) : [];
  const read = readFields(texts, rules, others);
  const problems = texts.length === 0 ? [nothingTyped] : read.problems;
  return { ...read, problems };
}

/** Whether a text may name another endpoint: only then are the names of all of them derived. */
function mayRefer(text: string): boolean {
  const [, type = 'string'] = text.split(':');
  return type === 'ref' || !isFieldType(type);
}

const nothingTyped = { found: 'No field was given.', expected: 'Expected at least one.' };

const alreadyRenamed = (from: string, to: string): Problem => ({
  found: `There is no field \`${from}\`, but there is \`${to}\`.`,
  expected: 'Expected an existing field: perhaps it is renamed already.',
});

/** What is wrong with the fields together, and with all endpoints after the change. */
function problemsOf(plural: string, fields: FieldEntry[], after: Manifest): Problem[] {
  const endpoint = after.endpoints[plural];
  const own = endpoint === undefined ? {} : { [plural]: endpoint };
  const known = Object.keys(after.endpoints);
  const refers = fields.some(([, { type }]) => type === 'ref');
  const located = [
    // Other endpoints did not change: only references can make them wrong.
    ...endpointsProblems(refers ? after.endpoints : own, known),
    ...accountProblems(own, after),
    ...graphqlProblems(after),
  ];
  return [...fieldsProblems(fields), ...located].map(({ found, expected }) => ({
    found,
    expected,
  }));
}

function findField(typed: string, fields: readonly FieldEntry[]): FieldEntry | undefined {
  return fields.find(([name, field]) => name === typed || fieldJsonName(name, field) === typed);
}

/** `writerId` means `writer`, since the name of a ref in JSON is made from it. */
function plainName(typed: string, { type }: Field): string {
  return type === 'ref' ? typed.replace(/(?<=.)Id$/, '') : typed;
}

function missingProblems(typed: string, fields: readonly FieldEntry[]): Problem[] {
  if (findField(typed, fields) !== undefined) return [];
  const names = fields.map(([name]) => name);
  const near = closest(typed, names);
  const all = names.map((name) => `\`${name}\``).join(', ');
  const expected = didYouMean(near, `Expected one of: ${all}.`);
  return [{ found: `There is no field \`${typed}\`.`, expected }];
}
