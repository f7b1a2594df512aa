import type { Change, Notice, Plan } from '../manifest/change.ts';
import { markedFiles } from '../plan/settle.ts';
import type { Colors } from './colors.ts';
import { stepCommand } from './report-step.ts';

type Status = Change['kind'] | Notice['kind'];
type Entry = { status: Status; path: string; message?: string };

const colors = {
  create: 'green',
  update: 'green',
  delete: 'yellow',
  same: 'dim',
  kept: 'dim',
  'left out': 'dim',
  note: 'dim',
  warning: 'yellow',
  mention: 'yellow',
  conflict: 'red',
  markers: 'red',
  manual: 'red',
} as const satisfies Record<Status, keyof Colors>;

/** A line for each file: a status in one column, the path in the next. */
export function planLines(plan: Plan, color: Colors): string[] {
  return [...changeLines(plan, color), ...noticeLines(plan, color)];
}

export function changeLines(plan: Plan, color: Colors): string[] {
  const marked = new Set(markedFiles(plan));
  return plan.changes
    .filter(({ path }) => !marked.has(path))
    .map(({ kind, path }) => lineOf({ status: kind, path }, color));
}

export function noticeLines({ notices }: Plan, color: Colors): string[] {
  return notices.map((notice) => {
    const path = notice.kind === 'mention' ? `${notice.path}:${notice.line}` : notice.path;
    const message = 'message' in notice ? { message: notice.message } : {};
    return lineOf({ status: notice.kind, path, ...message }, color);
  });
}

function lineOf({ status, path, message }: Entry, color: Colors): string {
  const column = color[colors[status]](status.padStart(9));
  if (message === undefined) return `${column}  ${path}`;
  return `${column}  ${path}  ${status === 'warning' || status === 'note' ? message : color.dim(message)}`;
}

/** A line for each step that follows, in the same columns. */
export function stepLines({ steps }: Plan, color: Colors): string[] {
  return steps.map((step) => `${color.green('run'.padStart(9))}  ${stepCommand(step)}`);
}

/** The lines to paste, delete or change, for every shared file that could not be edited. */
export function manualLines({ notices }: Plan): string[] {
  return notices.flatMap((notice) => {
    if (notice.kind !== 'manual') return [];
    const lines = notice.snippet.split('\n').map((line) => (line ? `    ${line}` : ''));
    return [`${askedOf(notice)}:`, '', ...lines, ''];
  });
}

function askedOf({ edit, path, name }: Extract<Notice, { kind: 'manual' }>): string {
  if (edit === 'paste') return `Paste this into ${path}`;
  if (edit === 'replace') return `Replace the lines with the old name in ${path} by these`;
  return `Delete these lines from ${path}, or only ${name} where a line does more`;
}

/** The plan as JSON, without the contents of binary and secret files. */
export function planJson({ changes, steps, notices }: Plan) {
  const readable = changes.map((change) => {
    if (change.kind === 'delete') {
      const { before, ...rest } = change;
      if (change.secret) return rest;
      return typeof before === 'string' ? change : { ...rest, bytes: before.byteLength };
    }
    if (change.kind !== 'create') return change;
    const { content, ...rest } = change;
    if (change.secret) return rest;
    return typeof content === 'string' ? change : { ...rest, bytes: content.byteLength };
  });
  return { changes: readable, steps, notices };
}

/** The plan as a patch that `git apply` takes. It has no secret file, but a line that names it. */
export async function planDiff({ changes }: Plan, color: Colors): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patches = changes.map((change) => {
    const { kind, path } = change;
    if (kind !== 'update' && change.secret) return `# ${kind} ${path}: its content is not shown\n`;
    const before = kind === 'create' ? '' : change.before;
    const after = kind === 'delete' ? '' : change.content;
    const head = [`diff --git a/${path} b/${path}`, ...modeLines[kind]];
    if (typeof before !== 'string' || typeof after !== 'string')
      return `${[...head, `Binary file ${path}`].join('\n')}\n`;
    const from = kind === 'create' ? '/dev/null' : `a/${path}`;
    const to = kind === 'delete' ? '/dev/null' : `b/${path}`;
    const patch = createTwoFilesPatch(from, to, before, after, '', '', { context: 3 });
    const [, , , ...hunks] = patch.split('\n');
    return [...head, `--- ${from}`, `+++ ${to}`, ...hunks].map(painted(color)).join('\n');
  });
  return patches.join('');
}

const modeLines = {
  create: ['new file mode 100644'],
  update: [],
  delete: ['deleted file mode 100644'],
};

function painted(color: Colors): (line: string) => string {
  const starts = [
    [/^(diff|new|deleted|---|\+\+\+) /, color.bold],
    [/^@@ /, color.cyan],
    [/^\+/, color.green],
    [/^-/, color.red],
  ] as const;
  return (line) => starts.find(([start]) => start.test(line))?.[1](line) ?? line;
}
