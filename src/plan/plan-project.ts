import type { Change, Notice, Plan, Step, Tool } from '../manifest/change.ts';
import { formatManifest } from '../manifest/format-manifest.ts';
import { formatLock, LOCK } from '../manifest/lock.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { packedTool } from '../manifest/tool.ts';
import type { LeftOut, RenderedFile, Stack } from '../stacks/stack.ts';
import { nameOf } from './database-state.ts';
import { lineageOf } from './plan-schema.ts';
import type { ProjectFiles } from './project-files.ts';

export type ProjectRequest = {
  manifest: Manifest;
  stack: Stack;
  tool: Tool;
  /** The version of this tool. */
  version: string;
  /** Returns a new random secret. */
  newSecret: () => string;
  steps: Step[];
  /** The files that the folder has already. */
  existing: ProjectFiles;
};

/** Every file of a new project, and the steps after they are written. */
export function planProject(request: ProjectRequest): Plan {
  const { manifest, stack, tool, version, newSecret, steps, existing } = request;
  const project = stack.renderProject(manifest, stack.toolNote.referenceTo(tool));
  const migrations = project
    .filter(({ path }) => path.startsWith(`${stack.migrations}/`))
    .map(({ path, content }) => ({ name: nameOf(path), tables: stack.tablesOf(content) }));
  const lineage = lineageOf(manifest, migrations, () => ({ known: [], isComplete: false }));
  const files = [
    { path: 'backend.json', content: formatManifest(manifest) },
    { path: LOCK, content: formatLock(version, { manifest, lineage }) },
    ...project,
    ...Object.keys(manifest.endpoints).flatMap((plural) => stack.renderEndpoint(manifest, plural)),
  ];
  const secrets = stack.renderSecrets(manifest, newSecret);
  const names = existing.list('');
  const planned = files.map((file) => planBeside(file, names, existing));
  const changes: Change[] = [
    ...planned.flatMap(({ change }) => change ?? []),
    ...secrets.map((file) => ({
      kind: 'create' as const,
      mode: 0o600,
      secret: true as const,
      ...file,
    })),
  ];
  if (tool.kind === 'packed') {
    changes.push({ kind: 'create', path: packedTool(tool.file), content: tool.content });
  }
  const kept = planned.flatMap(({ notice }) => notice ?? []);
  return { changes, steps, notices: [...kept, ...withoutThem(stack.leftOut(manifest))] };
}

/** Nothing is written outside of the project: it is only reported what belongs there. */
function withoutThem(files: readonly LeftOut[]): Notice[] {
  return files.map(({ path, root, need }): Notice => {
    const message = `useful only at the root of the ${root}`;
    if (need === undefined) return { kind: 'left out', path, message };
    return { kind: 'warning', path, message: `the one at the root of the ${root} needs ${need}` };
  });
}

/** Lists of patterns in which the last match wins: they can be appended to each other. */
const LISTS = ['.gitignore', '.gitattributes'];

/** A file of the project; an existing one in its place is kept. */
function planBeside(
  { path, content }: RenderedFile,
  names: readonly string[],
  existing: ProjectFiles,
): { change?: Change; notice?: Notice } {
  // Many disks do not tell `Readme.md` from `README.md`.
  const name = names.find((each) => each.toLowerCase() === path.toLowerCase());
  const before = name === undefined ? undefined : existing.read(name);
  if (name === undefined || before === undefined) {
    return { change: { kind: 'create', path, content } };
  }
  if (!LISTS.includes(path)) {
    const message = 'your file is kept; AGENTS.md explains the project';
    return { notice: { kind: 'kept', path: name, message } };
  }
  const both = withLines(before, content);
  if (both === before) return { notice: { kind: 'same', path: name } };
  return { change: { kind: 'update', path: name, before, content: both } };
}

/** A list with the lines of another appended; an exception works only after its rule. */
function withLines(before: string, more: string): string {
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const lines = new Set(before.split(/\r?\n/));
  const missing = more
    .split('\n')
    .filter((line) => line !== '' && (line.startsWith('!') || !lines.has(line)));
  if (missing.length === 0) return before;
  const end = before === '' || before.endsWith('\n') ? '' : eol;
  const gap = before.trim() === '' ? '' : eol;
  return `${before}${end}${gap}${missing.join(eol)}${eol}`;
}
