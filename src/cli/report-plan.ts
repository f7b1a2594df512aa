import chalk from 'chalk';
import type { Change, Notice, Plan } from '../spec/change.ts';

type Status = Change['kind'] | Notice['kind'];
type Entry = { status: Status; path: string; message?: string };

const colors: Record<Status, (text: string) => string> = {
  create: chalk.green,
  update: chalk.green,
  delete: chalk.yellow,
  same: chalk.dim,
  kept: chalk.dim,
  conflict: chalk.red,
  manual: chalk.red,
};

/** What happened to each file, or would: a status in one column, the path in the next. */
export function planLines({ changes, notices }: Plan): string[] {
  const entries: Entry[] = [
    ...changes.map(({ kind, path }) => ({ status: kind, path })),
    ...notices.map((notice) => ({
      status: notice.kind,
      path: notice.path,
      ...('message' in notice && { message: notice.message }),
    })),
  ];
  return entries.map(({ status, path, message }) => {
    const column = colors[status](status.padStart(9));
    return `${column}  ${path}${message ? chalk.dim(`  ${message}`) : ''}`;
  });
}

/** The lines to paste, for every shared file that could not be edited. */
export function manualLines({ notices }: Plan): string[] {
  return notices.flatMap((notice) => {
    if (notice.kind !== 'manual') return [];
    const lines = notice.snippet.split('\n').map((line) => (line ? `    ${line}` : ''));
    return [`${notice.path}: ${notice.message}`, '  Paste this into it:', '', ...lines, ''];
  });
}

/** The plan as JSON: the very object, with the contents of binary files left out. */
export function planJson({ changes, steps, notices }: Plan) {
  const readable = changes.map((change) =>
    change.kind === 'create' && typeof change.content !== 'string'
      ? { ...change, content: undefined, bytes: change.content.byteLength }
      : change,
  );
  return { changes: readable, steps, notices };
}

/** The plan as a unified diff. */
export async function planDiff({ changes }: Plan): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patches = changes.map((change) => {
    const before = change.kind === 'create' ? '' : change.before;
    const after = change.kind === 'delete' ? '' : change.content;
    if (typeof after !== 'string') return `Binary file b/${change.path}\n`;
    const from = change.kind === 'create' ? '/dev/null' : `a/${change.path}`;
    const to = change.kind === 'delete' ? '/dev/null' : `b/${change.path}`;
    const patch = createTwoFilesPatch(from, to, before, after, '', '');
    return patch.replace(/^=+\n/, `diff --git a/${change.path} b/${change.path}\n`);
  });
  return patches.join('');
}
