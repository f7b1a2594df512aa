import * as z from 'zod';
import { accountNeeds } from './account-needs.ts';
import { partsProblems } from './account-parts.ts';
import { accountProblems } from './account-rules.ts';
import { builtInsOf, withAccounts } from './accounts.ts';
import type { Above, AccountPart, Operation } from './choices.ts';
import { aboves, accountParts, operations } from './choices.ts';
import { endpointsProblems } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';

import { graphqlProblems } from './graphql-rules.ts';
import { isObject, readJson } from './json.ts';
import { withoutLeftAccounts } from './left-accounts.ts';
import type { Endpoint, Manifest } from './manifest-schema.ts';
import { endpointKeys, manifestSchema, outerSchema, shellSchema } from './manifest-schema.ts';
import { camelCase, nameRefusal, resourceNames } from './names.ts';
import { oldVersionsProblems } from './old-version-rules.ts';
import { projectKeys } from './project-settings.ts';
import { readFields, readFrozen } from './read-all-fields.ts';
import { rolesProblems } from './roles.ts';
import type { KnownStacks, Rules } from './rules.ts';
import { rulesOf } from './rules.ts';
import { formatPath, schemaProblems } from './schema-problems.ts';
import { webhookProblems } from './service-rules.ts';

export type { Operation } from './choices.ts';
export { operations, paginations } from './choices.ts';
export type { Endpoint, Manifest } from './manifest-schema.ts';

// A command uses each schema once or a few times: compiling parsers never pays off.
z.config({ jitless: true });

type Located = Problem & { path: PropertyKey[] };

/**
 * The manifest in a text, checked by the rules of its stack; throws one UserError with everything that
 * is wrong, by its path.
 */
export const parseManifest = (text: string, path: string, known: KnownStacks): Manifest =>
  parseText(text, path, known, oldVersionsProblems);

/** A manifest without its endpoints, and so without checks of its old versions against them. */
export const parseSettings = (
  settings: Record<string, unknown>,
  path: string,
  known: KnownStacks,
): Manifest => parseText(JSON.stringify({ ...settings, endpoints: {} }), path, known, () => []);

function parseText(
  text: string,
  path: string,
  known: KnownStacks,
  problemsBetween: (manifest: Manifest) => Located[],
): Manifest {
  const json = readJson(text);
  if ('problems' in json) {
    throw refusal(
      path,
      json.problems.map(({ found, expected }) => ({ found: `${path}: ${found}`, expected })),
    );
  }
  const value = withoutLeftAccounts(json.value);
  const rules = rulesOf(known, isObject(value) ? value.stack : undefined);
  const problems: Located[] = [];
  const outer = outerSchema(known, rules).safeParse(value);
  if (!outer.success)
    problems.push(...schemaProblems(value, outer.error, [...projectKeys, 'endpoints']));
  const frozen = readFrozen(outer.data?.versions, rules);
  problems.push(...frozen.problems);
  const raw = isObject(value) && isObject(value.endpoints) ? value.endpoints : {};
  // Where another setting is wrong, the endpoints are still read by the accounts that there are.
  const hasAccounts = isObject(value) && value.auth === 'jwt';
  const auth = outer.data?.auth ?? (hasAccounts ? 'jwt' : 'none');
  const read = Object.entries(raw).map(([name, value]) => readEndpoint(name, value, rules, auth));
  problems.push(...read.flatMap((each) => each.problems));
  const endpoints = Object.fromEntries(
    read.flatMap(({ name, endpoint }) => (endpoint === undefined ? [] : [[name, endpoint]])),
  );
  const broken = new Set(read.filter((each) => each.problems.length > 0).map(({ name }) => name));
  // If the fields of an endpoint were refused, it is unknown whether it has any, or a parent.
  const all = withAccounts({ ...(outer.data ?? { auth }), endpoints });
  const plurals = [...new Set([...Object.keys(all.endpoints), ...Object.keys(raw)])];
  const certain = endpointsProblems(all.endpoints, plurals).filter(
    ({ path: [, name = '', , field] }) => field !== undefined || !broken.has(name),
  );
  const ofAccounts = outer.success ? projectProblems(endpoints, outer.data) : [];
  if (outer.success && problems.length === 0) {
    problems.push(
      ...problemsBetween({ ...outer.data, ...frozen.versions, endpoints: all.endpoints }),
    );
  }
  const told = new Set(ofAccounts.map(({ path: at }) => formatPath(at)));
  problems.push(...certain.filter((each) => !told.has(formatPath(each.path))), ...ofAccounts);
  if (outer.success && problems.length === 0) {
    return withAccounts({ ...outer.data, ...frozen.versions, endpoints });
  }
  throw refusal(
    path,
    problems.map((problem) => located(path, problem)),
  );
}

function located(file: string, { path, found, expected }: Located): Problem {
  const place = path.length > 0 ? `${file}, ${formatPath(path)}` : file;
  return { found: `${place}: ${found}`, expected };
}

function refusal(path: string, problems: Problem[]): UserError {
  return new UserError(problems, `git diff ${path}`);
}

type ReadEndpoint = { name: string; endpoint?: Endpoint; problems: Located[] };

function readEndpoint(
  name: string,
  raw: unknown,
  rules: Rules,
  auth: Manifest['auth'],
): ReadEndpoint {
  const path = ['endpoints', name];
  const shell = shellSchema().safeParse(raw);
  const builtIns = builtInsOf({ auth }, name);
  const rawFields = isObject(raw) && isObject(raw.fields) ? raw.fields : {};
  const read = readFields(rawFields, rules, builtIns);
  const problems = [
    ...(shell.success ? [] : schemaProblems(raw, shell.error, endpointKeys)),
    ...nameProblems(name, shell.data?.singular, rules),
    ...read.problems,
  ].map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  if (!shell.success) return { name, problems };
  const { only, singular: given, ...rest } = shell.data;
  const isUsual = given === undefined || given === resourceNames(name).singular;
  const singularKey = isUsual ? {} : { singular: given };
  const { fields } = read;
  return { name, endpoint: { ...singularKey, ...rest, fields, ...onlyOf(only) }, problems };
}

/** One endpoint by itself, without checks against the others. */
export function parsePart(
  name: string,
  value: unknown,
  path: string,
  { rules, auth }: { rules: Rules; auth: Manifest['auth'] },
): Endpoint {
  const { endpoint, problems } = readEndpoint(name, value, rules, auth);
  if (endpoint !== undefined && problems.length === 0) return endpoint;
  throw refusal(
    path,
    problems.map((problem) => located(path, problem)),
  );
}

/** Whether endpoints that are valid by themselves contradict each other. */
export function hasProblems(manifest: Manifest): boolean {
  const { endpoints } = manifest;
  const problems = [
    ...endpointsProblems(endpoints),
    ...projectProblems(endpoints, manifest),
    ...oldVersionsProblems(manifest),
  ];
  return problems.length > 0;
}

/** What is wrong with the roles, with endpoints because of them, or with their names. */
function projectProblems(
  endpoints: Manifest['endpoints'],
  project: Pick<Manifest, 'auth' | 'roles' | 'accounts' | 'graphql' | 'services'>,
): Located[] {
  const { roles, auth } = project;
  const ofRoles = rolesProblems(roles, auth);
  const others = [
    ...graphqlProblems({ ...project, endpoints }),
    ...webhookProblems({ ...project, endpoints }),
  ];
  if (auth === 'none') {
    return [...ofRoles, ...partsProblems(project), ...accountNeeds(endpoints), ...others];
  }
  const ofAccounts = ofRoles.length > 0 ? ofRoles : accountProblems(endpoints, project);
  return [...ofAccounts, ...others];
}

function nameProblems(name: string, given: string | undefined, rules: Rules): Located[] {
  const names = resourceNames(name, given);
  const refused = nameRefusal(names, rules)?.problem;
  if (camelCase(name) === name) return refused === undefined ? [] : [{ path: [], ...refused }];
  const found = `\`${name}\` is not a name in camelCase.`;
  return [{ path: [], found, expected: `Expected \`${names.plural || 'posts'}\`.` }];
}

/** The operations in their order, each once; no key if all of them are wanted. */
export function onlyOf(only: readonly Operation[] | undefined): { only?: Operation[] } {
  const kept = operations.filter((operation) => only?.includes(operation));
  return kept.length === 0 || kept.length === operations.length ? {} : { only: kept };
}

/** What is above a project in its order, each once; no key if there is nothing. */
export function aboveOf(above: readonly Above[] | undefined): { above?: Above[] } {
  const kept = aboves.filter((each) => above?.includes(each));
  return kept.length === 0 ? {} : { above: kept };
}

/** The parts of the accounts in their order, each once; no key if there is none. */
export function accountsOf(parts: readonly AccountPart[] | undefined): {
  accounts?: AccountPart[];
} {
  const kept = accountParts.filter((each) => parts?.includes(each));
  return kept.length === 0 ? {} : { accounts: kept };
}

/** The manifest with an endpoint added or replaced. */
export function addEndpoint(manifest: Manifest, name: string, endpoint: Endpoint): Manifest {
  return { ...manifest, endpoints: { ...manifest.endpoints, [name]: endpoint } };
}

/** The JSON Schema from which editors complete `backend.json`. */
export function manifestJsonSchema(known: KnownStacks): Record<string, unknown> {
  return { ...z.toJSONSchema(manifestSchema(known, choicesOfAny(known)), { io: 'input' }) };
}

/** What is valid on any of the stacks; the rest is checked when the manifest is read. */
function choicesOfAny(known: KnownStacks) {
  const all = Object.values(known).map(({ rules }) => rules);
  const keptPaths = all.map((rules) => rules.keptPaths);
  return {
    packageManagers: [...new Set(all.flatMap((rules) => rules.packageManagers))],
    apis: [...new Set(all.flatMap((rules) => rules.apis))],
    accounts: [...new Set(all.flatMap((rules) => rules.accounts))],
    packageNameFault: () => undefined,
    keptPaths: keptPaths.reduce((one, other) => one.filter((path) => other.includes(path))),
  };
}
