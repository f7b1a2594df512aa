import type { Change, Plan } from '../manifest/change.ts';
import type { ResourceNames } from '../manifest/names.ts';
import type { News } from '../plan/news.ts';
import { digestOf } from '../plan/plan-digest.ts';
import { markedFiles } from '../plan/settle.ts';
import type { StepResult } from '../steps/run-steps.ts';
import { err, out } from './colors.ts';
import type { OpenProject } from './in-project.ts';
import { writeJson } from './report-error.ts';
import { reportNews } from './report-news.ts';
import {
  changeLines,
  manualLines,
  noticeLines,
  planDiff,
  planJson,
  planLines,
  stepLines,
} from './report-plan.ts';
import { explainSteps, stepCommand } from './report-step.ts';
import { stderr } from './streams.ts';
import { typed } from './typed.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);
const warn = (line = '') => stderr().write(`${line}\n`);

export function reportGenJson(
  plan: Plan,
  status: 'done' | 'incomplete' | 'dry-run' | 'manual' | 'conflict' | 'markers',
  steps: StepResult[] = [],
): void {
  const result = { status, ...(steps.length > 0 && { steps }) };
  writeJson({ plan: planJson(plan), digest: digestOf(plan), result });
}

/** Reports a plan that was written with conflict markers, which are to be resolved by hand. */
export function reportMarkers(plan: Plan, runner: string): void {
  for (const line of planLines(plan, out)) say(line);
  const count = markedFiles(plan).length;
  const files = count === 1 ? '1 file has' : `${count} files have`;
  warn(`\n${err.red('✗')} ${files} conflict markers: resolve each conflict by hand.`);
  warn(`  ${err.cyan(typed('gen status', runner))} lists the files that still have markers.`);
}

/** The steps that failed or were skipped, as commands to run. */
export function reportStillToDo(results: readonly StepResult[]): void {
  const open = results.filter(({ status }) => status !== 'done');
  if (open.length === 0) return;
  say(`\n${out.yellow('Still to do:')}`);
  for (const { step } of open) say(`  ${out.cyan(stepCommand(step))}`);
  for (const line of explainSteps(open)) say(line);
}

/** What a command would do: a list of files, or a patch, which is then all of stdout. */
export async function reportPreview(
  plan: Plan,
  { diff }: { diff: boolean },
  repeat: string | undefined,
): Promise<void> {
  if (diff) process.stdout.write(await planDiff(plan, out));
  else for (const line of [...planLines(plan, out), ...stepLines(plan, out)]) say(line);
  const tell = diff ? warn : say;
  if (plan.changes.length === 0) tell(`${diff ? '' : '\n'}Nothing to change.`);
  else if (!diff) say('\nDry run: nothing was written.');
  tellRepeat(tell, repeat);
}

/** Reports why nothing was written, and what to do about it. */
export function reportRefused(plan: Plan, status: 'manual' | 'conflict', again: string): void {
  const isReason = ({ kind }: Plan['notices'][number]) => kind === status;
  const reasons = { changes: [], steps: [], notices: plan.notices.filter(isReason) };
  for (const line of planLines(reasons, err)) warn(line);
  warn();
  for (const line of manualLines(plan)) warn(line);
  const why = status === 'manual' ? '' : ': your edits conflict with the generated changes';
  warn(`${err.red('✗')} Nothing was written${why}.`);
  if (status === 'manual') {
    warn(`\nThen run: ${err.cyan(again)}`);
    return;
  }
  warn('\nResolve each file on a terminal, or write both versions between conflict markers:');
  for (const command of [again, `${again} --conflict=markers`]) warn(`  ${err.cyan(command)}`);
}

/** The plan was shown and declined. */
export function reportDeclined(repeat: string): void {
  say('\nNothing was written.');
  tellRepeat(say, repeat);
}

/** Reports what was written; `repeat` is the command without questions, if some were asked. */
export type Report = (plan: Plan, repeat: string | undefined) => void;

/** What a report needs to know of the project. */
type Told = Pick<OpenProject, 'manifest' | 'stack'>;

export function reportGenerated(names: ResourceNames, project: Told): Report {
  const nothing = `backend.json has the endpoint ${names.plural} already.`;
  const done = `Added ${project.manifest.basePath}/${names.path} with its table and its tests.`;
  return (plan, repeat) => tell(plan, { done, nothing, repeat }, project);
}

/** The report of a change to an existing project. */
export function reportChanged(
  done: string,
  project: Told,
  nothing = 'the code matches backend.json.',
  news: readonly News[] = [],
): Report {
  return (plan, repeat) => tell(plan, { done, nothing, repeat, news }, project);
}

/** The report of a change that needs no test or migration. */
export function reportPlainly(done: string, nothing: string): Report {
  return (plan) => {
    for (const line of planLines(plan, out)) say(line);
    const told = plan.changes.length === 0 ? `Nothing to change: ${nothing}` : done;
    say(`\n${out.green('✓')} ${told}`);
  };
}

type Words = {
  done: string;
  nothing: string;
  repeat: string | undefined;
  news?: readonly News[];
};

/** What needs the attention of the user, the notices, comes after the news. */
function tell(plan: Plan, { done, nothing, repeat, news = [] }: Words, project: Told): void {
  for (const line of changeLines(plan, out)) say(line);
  const notices = noticeLines(plan, out);
  if (plan.changes.length > 0 && news.length > 0) {
    reportNews(news);
    if (notices.length > 0) say();
  }
  for (const line of notices) say(line);
  say();
  if (plan.changes.length === 0) {
    say(`${out.green('✓')} Nothing to change: ${nothing}`);
  } else {
    say(`${out.green('✓')} ${done}`);
    const rows = followUps(plan, project);
    const width = Math.max(...rows.map(([command]) => command.length));
    for (const [command, effect] of rows) say(`  ${out.cyan(command.padEnd(width))}  ${effect}`);
  }
  tellRepeat(say, repeat);
}

function followUps({ changes }: Plan, { manifest, stack }: Told): [string, string][] {
  const { test, dev, migrate } = stack.commands(manifest);
  const isMigration = ({ kind, path }: Change) =>
    kind === 'create' && path.startsWith(`${stack.migrations}/`);
  const migrating: [string, string][] = [
    [dev, 'migrates the embedded database and starts the server'],
    [migrate, 'migrates the database at DATABASE_URL'],
  ];
  return [[test, 'runs the tests'], ...(changes.some(isMigration) ? migrating : [])];
}

function tellRepeat(tell: (line: string) => void, repeat: string | undefined): void {
  if (repeat !== undefined) tell(`\nThe same without questions:\n  ${out.cyan(repeat)}`);
}
