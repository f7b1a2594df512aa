import type { Problem } from '../manifest/errors.ts';
import { UserError } from '../manifest/errors.ts';
import type { Side } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { hasMarkers } from '../manifest/markers.ts';
import { moveEndpoint } from '../manifest/move-endpoint.ts';
import type { EndpointRename } from '../manifest/renames.ts';
import type { Stack } from '../stacks/stack.ts';
import { nameOf } from './database-state.ts';
import type { Sides } from './plan-schema.ts';
import type { ProjectFiles } from './project-files.ts';

type Merged = { sides: Sides; after: Manifest; stack: Stack; files: ProjectFiles };

/**
 * The sides of a merge with each endpoint under its new name, if only one branch renamed it. Throws a
 * UserError while its files have conflict markers, since git cannot follow the names, and while
 * migrations exist that change its table under the old name: whether they can run depends on which
 * of them a database has run already.
 */
export function followMergedRenames({ sides, after, stack, files }: Merged): Sides {
  const renames = mergedRenames(sides, after);
  const open = renames.flatMap(({ from, to }) =>
    stack
      .renderEndpoint(after, to)
      .filter(({ path }) => hasMarkers(files.read(path) ?? ''))
      .map(({ path }) => ({ problem: conflicting(path, { from, to }), settle: path })),
  );
  const there = new Set(files.list(stack.migrations).filter(stack.isMigration).map(nameOf));
  const lost = renames.flatMap((rename) => {
    const others = new Set(lineageOf(sides, rename.to));
    const own = new Set(lineageOf(sides, rename.from).filter((name) => !others.has(name)));
    return [...own]
      .filter((name) => there.has(name))
      .map((name) => ({ problem: stranded(name, rename), path: `${stack.migrations}/${name}.*` }));
  });
  if (open.length + lost.length > 0) {
    const [first] = open;
    throw new UserError(
      [...open, ...lost].map(({ problem }) => problem),
      first ? `git diff ${first.settle}` : `rm ${lost.map(({ path }) => path).join(' ')}`,
    );
  }
  return renames.reduce<Sides>((before, rename) => {
    const [first, ...rest] = before.flatMap((side) => follow(side, rename));
    return first === undefined ? before : [first, ...rest];
  }, sides);
}

const conflicting = (path: string, { from, to }: EndpointRename): Problem => ({
  found: `${path} has merge conflicts between names of \`${from}\` and of \`${to}\`.`,
  expected: `Expected them resolved by hand, with the names of \`${to}\`. Then run gen apply.`,
});

const stranded = (name: string, { from, to }: EndpointRename): Problem => ({
  found: `${name} changes \`${from}\`, which the other branch renamed to \`${to}\`.`,
  expected: `Expected it deleted: gen apply then writes the same for \`${to}\`. Where it has run, revert it there first.`,
});

/** Two endpoints with the same first migration are one endpoint, renamed on one of two branches. */
function mergedRenames(sides: Sides, after: Manifest): EndpointRename[] {
  const plurals = new Set(sides.flatMap(({ lineage }) => Object.keys(lineage)));
  const gone = [...plurals].filter((plural) => !Object.hasOwn(after.endpoints, plural));
  return gone.flatMap((from) => {
    const [first] = lineageOf(sides, from);
    const to = Object.keys(after.endpoints).find(
      (plural) => first !== undefined && lineageOf(sides, plural)[0] === first,
    );
    return to === undefined ? [] : [{ from, to }];
  });
}

const lineageOf = (sides: Sides, plural: string): string[] =>
  sides.flatMap(({ lineage }) => lineage[plural] ?? []);

/** A lock that git merged from two may have both names in each of its sides. */
function follow(side: Side, rename: EndpointRename): Side[] {
  const { from, to } = rename;
  const has = (plural: string) => Object.hasOwn(side.manifest.endpoints, plural);
  if (!has(from)) return [side];
  const renamed = without(side, to);
  const { [from]: own = [], ...lineage } = renamed.lineage;
  const followed = {
    manifest: moveEndpoint(renamed.manifest, rename),
    lineage: { ...lineage, [to]: own },
  };
  if (!has(to)) return [followed];
  const { manifest } = without(side, from);
  const other = { manifest: moveEndpoint(manifest, rename), lineage: without(side, from).lineage };
  return [followed, other];
}

function without({ manifest, lineage }: Side, plural: string): Side {
  const { [plural]: _gone, ...endpoints } = manifest.endpoints;
  const { [plural]: _lost, ...rest } = lineage;
  return { manifest: { ...manifest, endpoints }, lineage: rest };
}
