import type { Change, Notice, Plan, Tool } from '../manifest/change.ts';
import type { Lineage } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { packedTool, packedVersion } from '../manifest/tool.ts';
import type { RenderedFile, Stack, ToolNote } from '../stacks/stack.ts';
import { readMigrations } from './database-state.ts';
import { findLostImports } from './lost-imports.ts';
import { nextTimestamp } from './migration-time.ts';
import { planForm, planLock } from './plan-manifest.ts';
import { pairUp, planRendered } from './plan-rendered.ts';
import { lineageOf } from './plan-schema.ts';
import type { BinaryFiles, ProjectFiles } from './project-files.ts';

export type Upgrade = {
  /** The applied manifest, which an upgrade does not change. */
  applied: Manifest;
  lineage: Lineage;
  /** What the version that generated the project renders for it, and what this version renders. */
  base: RenderedFile[];
  generated: RenderedFile[];
  madeBy: string;
  /** The version of this tool, and how the project can depend on it. */
  version: string;
  tool: Tool;
  stack: Stack;
  files: BinaryFiles;
  clock: Date;
  force: boolean;
};

/**
 * Merges what this version renders differently into a project. Migrations are only added: existing
 * ones have run somewhere.
 */
export async function planUpgrade(upgrade: Upgrade): Promise<Plan> {
  const { applied, generated, version, tool, stack, files, force } = upgrade;
  const { toolNote: note } = stack;
  const isMigration = ({ path }: RenderedFile) => path.startsWith(`${stack.migrations}/`);
  const own = note.read(files.read(note.path) ?? '') ?? '*';
  // The line with the version of this tool is set below: users change it to install the new version.
  const comparable = (rendered: RenderedFile[]) =>
    rendered
      .filter((file) => !isMigration(file))
      .map((file) => (file.path === note.path ? naming(note, own, file) : file));
  const versions = pairUp(comparable(upgrade.base), comparable(generated))
    .filter((pair) => pair.base !== pair.generated)
    .map((pair) => (isList(pair, files) ? { ...pair, base: '' } : pair));
  const rendered = await planRendered({ stack, files, force, command: 'gen upgrade' }, versions);
  const named = nameTool(rendered, files, note, note.referenceTo(tool));
  const lost = await findLostImports({ ...named, stack, files });
  return {
    changes: [
      ...planForm(applied, stack, files),
      ...planLock(version, { manifest: applied, lineage: lineageIn(upgrade) }, files),
      ...newMigrations(upgrade, isMigration),
      ...named.changes,
      ...planPacked(upgrade),
    ],
    steps: [],
    notices: [...named.notices, ...lost],
  };
}

/** Whether a file is a list in which users have their own lines, which stay beside new ones. */
function isList({ path, base }: { path: string; base: string | undefined }, files: ProjectFiles) {
  return path === '.gitattributes' && base === undefined && files.read(path) !== undefined;
}

/** The migrations of each endpoint. Locks of earlier versions have none: all that name its table. */
function lineageIn({ applied, lineage, stack, files }: Upgrade): Lineage {
  const there = readMigrations({ sides: [{ manifest: applied, lineage }], stack, files });
  return lineageOf(applied, there, (plural) => ({
    known: lineage[plural] ?? [],
    isComplete: Object.hasOwn(lineage, plural),
  }));
}

const naming = (note: ToolNote, reference: string, { path, content }: RenderedFile) => ({
  path,
  content: note.write(content, reference),
});

/** Makes the project depend on this version, however the rest of that file is merged. */
function nameTool(
  { changes, notices }: { changes: Change[]; notices: Notice[] },
  files: ProjectFiles,
  { path: place, write }: ToolNote,
  reference: string,
): { changes: Change[]; notices: Notice[] } {
  const before = files.read(place);
  if (before === undefined) return { changes, notices };
  const conflict = notices.find(({ kind, path }) => kind === 'conflict' && path === place);
  const planned = changes.find(({ path }) => path === place);
  const text = planned?.kind === 'update' ? planned.content : before;
  const content = write(text, reference);
  const isOther = ({ path }: { path: string }) => path !== place;
  if (conflict?.kind === 'conflict') {
    const [snippet, generated] = [conflict.snippet, conflict.generated].map((each) =>
      write(each, reference),
    );
    const settled = { ...conflict, snippet: snippet ?? '', generated: generated ?? '' };
    return { changes, notices: [...notices.filter(isOther), settled] };
  }
  if (content === before) return { changes, notices };
  return {
    changes: [...changes.filter(isOther), { kind: 'update', path: place, before, content }],
    notices: notices.filter(isOther),
  };
}

/**
 * Migrations that only the newer version has, and one for what it adds to existing tables. They are
 * dated now: one that is older than others that have run might never run.
 */
function newMigrations(
  { applied, base, generated, madeBy, stack, files, clock }: Upgrade,
  isMigration: (file: RenderedFile) => boolean,
): Change[] {
  const names = files.list(stack.migrations);
  const nameOf = (path: string) => path.slice(stack.migrations.length + 1).replace(/^\d+_/, '');
  const had = new Set([...base.filter(isMigration).map(({ path }) => nameOf(path))]);
  const added = generated.filter(isMigration).flatMap(({ path, content }): Change[] => {
    const name = nameOf(path);
    if (had.has(name) || names.some((each) => each.endsWith(`_${name}`))) return [];
    const file = `${nextTimestamp(names, clock)}_${name}`;
    names.push(file);
    return [{ kind: 'create', path: `${stack.migrations}/${file}`, content }];
  });
  const tables = stack.renderUpgrade(applied, madeBy, nextTimestamp(names, clock));
  return tables === undefined ? added : [...added, { kind: 'create', ...tables }];
}

/** The packed tool of a project without a registry: this version instead of the old one. */
function planPacked({ tool, madeBy, files }: Upgrade): Change[] {
  const old = packedVersion(madeBy);
  const before = files.bytes(old);
  const file = tool.kind === 'packed' ? packedTool(tool.file) : undefined;
  const isThere = file !== undefined && files.bytes(file) !== undefined;
  return [
    ...(tool.kind === 'packed' && file !== undefined && !isThere
      ? [{ kind: 'create' as const, path: file, content: tool.content }]
      : []),
    ...(before !== undefined && old !== file
      ? [{ kind: 'delete' as const, path: old, before }]
      : []),
  ];
}
