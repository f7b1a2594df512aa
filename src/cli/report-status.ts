import { clashText } from '../plan/migration-clashes.ts';
import type { EndpointStatus, ProjectStatus } from '../plan/status.ts';
import { isBehind } from '../plan/status.ts';
import type { FileStatus } from '../plan/status-files.ts';
import type { Pending } from '../steps/pending-migrations.ts';
import { out } from './colors.ts';
import { columns } from './columns.ts';
import type { OpenProject } from './in-project.ts';
import { writeJson } from './report-error.ts';
import { typed } from './typed.ts';

/** What is told: the status, and the templates of one's own whose originals have changed. */
type Told = ProjectStatus & { changedTemplates: string[] };

type Project = Pick<OpenProject, 'runner' | 'stack' | 'manifest'>;

const say = (line = '') => process.stdout.write(`${line}\n`);

export function reportStatusJson(status: Told, database: Pending): void {
  const told =
    database.status === 'known'
      ? {
          status: database.status,
          pending: [...database.names],
          missing: database.missing,
        }
      : database;
  const result = { status: isBehind(status) ? 'behind' : 'current' };
  writeJson({ ...status, database: told, result });
}

/** The counts, a line for each endpoint, each file that is not as generated, and what to do. */
export function reportStatus(status: Told, database: Pending, project: Project): void {
  say(countLine(status.files));
  const others = status.files.filter((file) => file.status !== 'pristine');
  const blocks = [
    endpointLines(status.endpoints),
    isOfThisVersion(status) ? others.map(fileLine) : [],
    [
      ...missingLines(status, project),
      ...templateLines(status, project),
      ...databaseLines(database, project),
    ],
  ];
  for (const lines of blocks) if (lines.length > 0) say(`\n${lines.join('\n')}`);
}

const isOfThisVersion = ({ madeBy, version }: ProjectStatus) => madeBy === version;

const kinds = ['pristine', 'edited', 'missing', 'unsettled', 'stale'] as const;

function countLine(files: readonly FileStatus[]): string {
  const counts = kinds.flatMap((kind) => {
    const count = files.filter(({ status }) => status === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${files.length} generated files: ${counts.join(', ')}`;
}

function endpointLines(endpoints: readonly EndpointStatus[]): string[] {
  if (endpoints.length === 0) return [];
  const rows = endpoints.map(({ name, wiring, isCreated, migrations }) => [
    name,
    ...wiring.map(({ isThere }) => (isThere ? 'wired' : 'not wired')),
    isCreated ? migrationWords(migrations) : 'none makes its table',
  ]);
  const kinds = endpoints[0]?.wiring.map(({ kind }) => kind) ?? [];
  const [head = '', ...lines] = columns([['endpoint', ...kinds, 'migrations'], ...rows]);
  return [out.dim(head), ...lines];
}

function migrationWords(migrations: EndpointStatus['migrations']): string {
  const words = { applied: 'applied', pending: 'pending', unknown: 'not known' };
  const counts = Object.entries(words).flatMap(([status, word]) => {
    const count = migrations.filter((each) => each.status === status).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.join(', ');
}

const colors = {
  pristine: 'dim',
  edited: 'yellow',
  missing: 'red',
  unsettled: 'red',
  stale: 'red',
} as const;

function fileLine({ status, path }: FileStatus): string {
  return `${out[colors[status]](status.padStart(9))}  ${path}`;
}

function missingLines(status: ProjectStatus, { runner }: Project): string[] {
  const { madeBy, version, isApplied, files, endpoints, clashes } = status;
  const command = (text: string) => out.cyan(typed(text, runner));
  const count = (status: FileStatus['status']) =>
    files.filter((file) => file.status === status).length;
  const [gone, unsettled] = [count('missing'), count('unsettled')];
  const lines = [
    ...clashes.flatMap((clash) => [
      clashText(clash),
      ...(clash.kind === 'there'
        ? ['Of two that make the same, delete the one that has not run.']
        : []),
    ]),
    ...(isOfThisVersion(status)
      ? []
      : [`The code is of create-backend ${madeBy}; this is ${version}: ${command('gen upgrade')}`]),
    ...(isApplied
      ? []
      : [`backend.json was edited, and the code does not follow it: ${command('gen apply')}`]),
    ...(gone === 0 ? [] : [gone === 1 ? 'A file is missing.' : `${gone} files are missing.`]),
    ...(unsettled === 0
      ? []
      : [`${unsettled === 1 ? 'A file has' : `${unsettled} files have`} conflict markers.`]),
    ...endpoints.flatMap(({ name, wiring, isCreated }) => [
      ...wiring.flatMap((each) =>
        each.isThere ? [] : [`${each.path} does not have ${each.name}.`],
      ),
      ...(isCreated ? [] : [`No migration makes the table of ${name}.`]),
    ]),
  ];
  if (lines.length === 0) return [`${out.green('✓')} The code is what backend.json says.`];
  return lines.map((line) => `${out.red('✗')} ${line}`);
}

function templateLines({ changedTemplates }: Told, { runner }: Project): string[] {
  const how = out.cyan(typed('gen eject endpoint --force --diff', runner));
  return changedTemplates.map(
    (path) => `${out.yellow('!')} The original of ${path} has changed since: ${how}`,
  );
}

function databaseLines(database: Pending, { stack, manifest }: Project): string[] {
  const { migrate } = stack.commands(manifest);
  const mark = out.yellow('!');
  const [missing] = database.status === 'known' ? database.missing : [];
  if (missing !== undefined) {
    const how = out.cyan(`git log --all --oneline -- '*${missing}.*'`);
    return [
      `${out.red('✗')} The database has run ${missing}, which this folder does not have, so`,
      `  ${migrate} refuses to run. Find the branch that has it: ${how}`,
    ];
  }
  if (database.status === 'unknown') {
    return [`${mark} Which migrations have run is not known: ${database.reason}`];
  }
  const { size } = database.names;
  if (size === 0) return [];
  const what = size === 1 ? 'A migration has' : `${size} migrations have`;
  return [`${mark} ${what} still to run: ${out.cyan(migrate)}`];
}
