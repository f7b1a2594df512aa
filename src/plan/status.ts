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
  /** The version that generated the code, and this one. */
  madeBy: string;
  version: string;
  /** The pending migrations of the database; undefined if unknown. */
  pending: ReadonlySet<string> | undefined;
  /** Migrations that it has run and the project does not have. */
  missing: readonly string[];
  /** Whether branches were merged and the code does not match one manifest yet. */
  isMerged: boolean;
};

export type EndpointStatus = {
  name: string;
  /** Whether each shared file has its wiring. */
  wiring: { kind: string; path: string; name: string; isThere: boolean }[];
  /** Whether a migration creates its table. */
  isCreated: boolean;
  migrations: { name: string; status: 'applied' | 'pending' | 'unknown' }[];
};

/** The state of everything that was generated. */
export type ProjectStatus = {
  madeBy: string;
  version: string;
  /** Whether `backend.json` is applied. */
  isApplied: boolean;
  files: FileStatus[];
  endpoints: EndpointStatus[];
  /** Migrations that the database has run and the project does not have: none can run then. */
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

/** Reads the state of everything that was generated. */
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
    files: [...statuses, ...conflictingMigrations(migrations, stack)],
    endpoints: await Promise.all(endpoints),
    missingMigrations: request.missing,
    clashes: clashesOf(migrations),
  };
}

const fine: ReadonlySet<FileStatus['status']> = new Set(['pristine', 'edited', 'deleted']);

/** Whether something is missing or outdated; what the owner edited or deleted is fine. */
export function isBehind(status: ProjectStatus): boolean {
  const { isApplied, madeBy, version, files, endpoints, missingMigrations, clashes } = status;
  return (
    missingMigrations.length > 0 ||
    clashes.length > 0 ||
    !isApplied ||
    madeBy !== version ||
    files.some(({ status }) => !fine.has(status)) ||
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

/** Migrations with conflict markers: two branches may have added one of the same name. */
function conflictingMigrations(migrations: readonly Migration[], stack: Stack): FileStatus[] {
  const open = migrations.filter(({ isOpen }) => isOpen);
  return open.map(({ file }) => ({ path: `${stack.migrations}/${file}`, status: 'conflict' }));
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
