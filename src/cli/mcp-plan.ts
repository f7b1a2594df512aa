import * as z from 'zod';
import type { Change } from '../manifest/change.ts';
import { LOCK } from '../manifest/lock.ts';
import { shellWord } from '../manifest/shell.ts';
import type { Colors } from './colors.ts';
import { planDiff } from './report-plan.ts';

const stepSchema = z.object({ command: z.string(), args: z.array(z.string()) });

const changeSchema = z.object({
  kind: z.enum(['create', 'update', 'delete']),
  path: z.string(),
  before: z.string().optional(),
  content: z.string().optional(),
});

const noticeSchema = z.object({
  kind: z.string(),
  path: z.string(),
  line: z.number().optional(),
  message: z.string().optional(),
  snippet: z.string().optional(),
  edit: z.string().optional(),
});

const statuses = ['done', 'incomplete', 'dry-run', 'manual', 'conflict', 'markers'] as const;

/** What `--json` prints of a plan, as far as an agent needs it. */
const printedSchema = z.object({
  plan: z.object({
    changes: z.array(changeSchema),
    steps: z.array(stepSchema),
    notices: z.array(noticeSchema),
  }),
  digest: z.string(),
  result: z.object({
    status: z.enum(statuses),
    steps: z.array(z.object({ step: stepSchema, status: z.string() })).default([]),
  }),
});

type Printed = z.output<typeof printedSchema>;
type Notice = Printed['plan']['notices'][number];

/** What to do about a plan that is not carried out as it is, or is not complete. */
const next: Partial<Record<Printed['result']['status'], string>> = {
  conflict:
    'Nothing can be written: edits in these files overlap the change. Make each edit fit by hand and ' +
    'plan again; or plan the command with the word --conflict=markers, apply it, and resolve the ' +
    'markers in the files.',
  manual: 'Nothing can be written: edit these lines by hand, then plan again.',
  markers: 'Resolve the conflict markers in the files; `status` lists those that have any left.',
  incomplete: 'The files are written. Run the commands of the steps that are not done.',
};

/** An answer in place of the plan that a command does not print. */
const unplanned = {
  error: {
    kind: 'user',
    problems: [
      {
        found: 'The command has no plan.',
        expected: 'Expected a command that changes the project.',
      },
    ],
  },
};

/**
 * The answer about a plan, or the error that there is none; `diff` says of which files: all, those that are there already, or none.
 * Nobody reads the lock.
 */
export async function planAnswer(json: unknown, { diff }: { diff: 'all' | 'known' | 'none' }) {
  const printed = printedSchema.safeParse(json);
  if (!printed.success) return unplanned;
  const { plan, digest, result } = printed.data;
  const shown = plan.changes.filter(
    ({ kind, path }) => path !== LOCK && (diff === 'all' || kind !== 'create'),
  );
  const steps = result.steps.length > 0 ? result.steps : plan.steps.map((step) => ({ step }));
  return {
    status: result.status,
    digest,
    files: plan.changes.map(({ kind, path }) => `${kind} ${path}`),
    notices: plan.notices.flatMap(noticeFor),
    steps: steps.map(({ step, ...rest }) => ({ run: commandOf(step), ...rest })),
    ...(diff !== 'none' && { diff: await patchOf(shown) }),
    ...(next[result.status] && { next: next[result.status] }),
  };
}

/** Of a conflict, the lines that overlap; files that stay as they are ask for nothing. */
function noticeFor({ kind, snippet, ...notice }: Notice): Notice[] {
  if (kind === 'same') return [];
  if (snippet === undefined) return [{ kind, ...notice }];
  return [{ kind, ...notice, snippet: kind === 'conflict' ? overlapsIn(snippet) : snippet }];
}

const overlapsIn = (text: string) => (text.match(/^<{7} .*?^>{7} [^\n]*\n?/gms) ?? [text]).join('');

const commandOf = ({ command, args }: z.output<typeof stepSchema>) =>
  [command, ...args].map(shellWord).join(' ');

/** A patch of the files whose texts were printed: not of secrets, nor of what is no text. */
function patchOf(changes: Printed['plan']['changes']): Promise<string> {
  const readable = changes.flatMap(({ kind, path, before, content }): Change[] => {
    if (kind === 'create') return content === undefined ? [] : [{ kind, path, content }];
    if (before === undefined) return [];
    if (kind === 'delete') return [{ kind, path, before }];
    return content === undefined ? [] : [{ kind, path, before, content }];
  });
  return planDiff({ changes: readable, steps: [], notices: [] }, plain);
}

const asItIs = (text: string) => text;
const plain: Colors = {
  bold: asItIs,
  cyan: asItIs,
  dim: asItIs,
  green: asItIs,
  red: asItIs,
  yellow: asItIs,
};
