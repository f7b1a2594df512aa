import { isApplied } from '../manifest/lock.ts';
import { hasMarkers } from '../manifest/markers.ts';
import { resourceNames } from '../manifest/names.ts';
import type { Stack, TablesOf } from '../stacks/stack.ts';
import { nameOf } from './database-state.ts';
import type { Clash } from './migration-clashes.ts';
import { clashesOf } from './migration-clashes.ts';
import { reviewWiring } from './plan-wiring.ts';
import type { ProjectFiles } from './project-files.ts';
import type { Compared, FileStatus } from './status-files.ts';
import { fileStatuses, staleFiles } from './status-files.ts';

export type StatusRequest = Compared & {
  /** The version that made the code, and this one. */
  madeBy: string;
  version: string;
  /** The migrations that the database has still to run; undefined where nobody can tell. */
  pending: ReadonlySet<string> | undefined;
  /** Those that it has run and the project does not have. */
  missing: readonly string[];
  /** Whether the code is that of several branches, and not of one manifest yet. */
  isMerged: boolean;
};

export type EndpointStatus = {
  name: string;
  /** Whether each shared file has its line. */
  wiring: { kind: string; path: string; name: string; isThere: boolean }[];
  /** Whether a migration makes its table. */
  isCreated: boolean;
  migrations: { name: string; status: 'applied' | 'pending' | 'unknown' }[];
};

/** What became of everything that was generated. */
export type ProjectStatus = {
  madeBy: string;
  version: string;
  /** Whether the code follows what `backend.json` says. */
  isApplied: boolean;
  files: FileStatus[];
  endpoints: EndpointStatus[];
  /** What the database has run and the project does not have: nothing can be migrated then. */
  missingMigrations: readonly string[];
  /** Migrations that cannot run after those before them. */
  clashes: readonly Clash[];
};

type Migration = TablesOf & {
  name: string;
  file: string;
  isOpen: boolean;
  statements: readonly string[];
};

/** Looks at everything that was generated, and changes nothing. */
export async function readStatus(request: StatusRequest): Promise<ProjectStatus> {
  const { stack, applied, manifest, files, madeBy, version } = request;
  const migrations = readMigrations(stack, files);
  const statuses = madeBy === version ? await fileStatuses(request) : staleFiles(request);
  const pristine = statuses.filter(({ status }) => status === 'pristine');
  const untouched = new Set(pristine.map(({ path }) => path));
  const endpoints = Object.keys(applied.endpoints).map((plural) =>
    endpointStatus(request, plural, migrations, untouched),
  );
  return {
    madeBy,
    version,
    isApplied: isApplied(manifest, applied) && !request.isMerged,
    files: [...statuses, ...unsettledMigrations(migrations, stack)],
    endpoints: await Promise.all(endpoints),
    missingMigrations: request.missing,
    clashes: clashesOf(migrations),
  };
}

/** Whether something is missing; what a person edited is that person's choice. */
export function isBehind(status: ProjectStatus): boolean {
  const { isApplied, madeBy, version, files, endpoints, missingMigrations, clashes } = status;
  return (
    missingMigrations.length > 0 ||
    clashes.length > 0 ||
    !isApplied ||
    madeBy !== version ||
    files.some(({ status }) => status !== 'pristine' && status !== 'edited') ||
    endpoints.some(({ wiring, isCreated }) => !isCreated || wiring.some((each) => !each.isThere))
  );
}

async function endpointStatus(
  { stack, applied, files, pending }: StatusRequest,
  plural: string,
  migrations: readonly Migration[],
  untouched: ReadonlySet<string>,
): Promise<EndpointStatus> {
  const wiring = stack.wirings(applied, plural).map(async (each) => {
    const { kind, path, name } = each;
    const [review] = untouched.has(path) ? [] : await reviewWiring([each], files);
    return { kind, path, name, isThere: review === undefined || review.kind === 'same' };
  });
  const { table } = resourceNames(plural, applied.endpoints[plural]?.singular);
  const last = migrations.findLast(
    ({ created, dropped }) => created.has(table) || dropped.has(table),
  );
  const statusOf = (name: string) => {
    if (pending === undefined) return 'unknown';
    return pending.has(name) ? 'pending' : 'applied';
  };
  return {
    name: plural,
    wiring: await Promise.all(wiring),
    isCreated: last?.created.has(table) ?? false,
    migrations: migrations
      .filter(({ named }) => named.has(table))
      .map(({ name }) => ({ name, status: statusOf(name) })),
  };
}

/** Both branches may have made one of the same name. */
function unsettledMigrations(migrations: readonly Migration[], stack: Stack): FileStatus[] {
  const open = migrations.filter(({ isOpen }) => isOpen);
  return open.map(({ file }) => ({ path: `${stack.migrations}/${file}`, status: 'unsettled' }));
}

function readMigrations(
  { migrations: folder, isMigration, tablesOf, statementsOf }: Stack,
  files: ProjectFiles,
): Migration[] {
  return files
    .list(folder)
    .filter(isMigration)
    .map((file) => {
      const text = files.read(`${folder}/${file}`) ?? '';
      return {
        name: nameOf(file),
        file,
        isOpen: hasMarkers(text),
        statements: statementsOf(text),
        ...tablesOf(text),
      };
    });
}
