import { accountProblems } from './account-rules.ts';
import { refuseAccounts } from './accounts.ts';
import { endpointsProblems } from './endpoint-rules.ts';
import type { Problem } from './errors.ts';
import { UserError } from './errors.ts';
import { findOwn, ownNames } from './find-own.ts';
import { graphqlProblems } from './graphql-rules.ts';
import type { Manifest } from './manifest.ts';
import { addEndpoint } from './manifest.ts';
import { moveEndpoint } from './move-endpoint.ts';
import type { ResourceNames } from './names.ts';
import { findEndpoint, readResourceName, resourceNames } from './names.ts';
import type { Renames } from './renames.ts';
import type { Rules } from './rules.ts';
import { webhookProblems } from './service-rules.ts';

/** The arguments of `gen endpoint rename`; both names in any spelling. */
export type RenameRequest = { from: string; to: string; singular?: string | undefined };

export type RenamedEndpoint = {
  before: ResourceNames;
  names: ResourceNames;
  after: Manifest;
  renames: Renames;
};

/** The manifest with an endpoint renamed; throws one UserError with everything that is wrong. */
export function parseEndpointRename(
  request: RenameRequest,
  manifest: Manifest,
  rules: Rules,
): RenamedEndpoint {
  const { from, to, singular } = request;
  const read = readResourceName(to, rules, singular === undefined ? {} : { singular });
  const isDone = read.names !== undefined && Object.hasOwn(manifest.endpoints, read.names.plural);
  const isThere = findEndpoint(from, ownNames(manifest)) !== undefined;
  if (isDone && !isThere) throw alreadyRenamed(request);
  const before = findOwn(from, manifest, (meant) =>
    meant === undefined ? 'gen endpoint rename --help' : `gen endpoint rename ${meant} ${to}`,
  );
  refuseAccounts(manifest, before.plural, 'renamed');
  const { names } = read;
  if (names === undefined) {
    throw new UserError(read.problems, `gen endpoint rename ${before.plural} ${read.example}`);
  }
  const after = withSingular(moveEndpoint(manifest, renameOf(before, names)), names);
  const problems =
    isDone && names.plural !== before.plural ? [taken(names)] : problemsOf(names, after);
  if (problems.length > 0) {
    const free = `${names.singular}Entries`;
    throw new UserError(problems, `gen endpoint rename ${before.plural} ${free}`);
  }
  const isMoved = names.plural !== before.plural;
  return { before, names, after, renames: isMoved ? { endpoint: renameOf(before, names) } : {} };
}

const renameOf = (before: ResourceNames, names: ResourceNames) => ({
  from: before.plural,
  to: names.plural,
});

function withSingular(manifest: Manifest, { plural, singular }: ResourceNames): Manifest {
  const { [plural]: endpoint } = manifest.endpoints;
  if (endpoint === undefined) throw new Error(`${plural} was moved, and is not there`);
  const { singular: _before, ...rest } = endpoint;
  const isUsual = resourceNames(plural).singular === singular;
  return addEndpoint(manifest, plural, isUsual ? rest : { singular, ...rest });
}

/** What is wrong with all endpoints once one of them has that name. */
function problemsOf({ plural }: ResourceNames, manifest: Manifest): Problem[] {
  const { endpoints } = manifest;
  const { [plural]: own } = endpoints;
  const all = [
    ...endpointsProblems(endpoints),
    ...accountProblems(own === undefined ? {} : { [plural]: own }, manifest),
    ...graphqlProblems(manifest),
    ...webhookProblems(manifest),
  ];
  return all.map(({ found, expected }) => ({ found, expected }));
}

const taken = ({ plural }: ResourceNames): Problem => ({
  found: `\`${plural}\` exists already.`,
  expected: 'Expected an unused name.',
});

const alreadyRenamed = ({ from, to }: RenameRequest) =>
  new UserError(
    [
      {
        found: `There is no endpoint \`${from}\`, but there is \`${to}\`.`,
        expected: 'Expected an existing endpoint: perhaps it is renamed already.',
      },
    ],
    'gen status',
  );
