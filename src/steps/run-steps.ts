import { stripVTControlCharacters } from 'node:util';
import type { Program, Step } from '../manifest/change.ts';
import { environment } from './environment.ts';

/** The result of a step; `reason` and `output` (its last lines) are for people. */
export type StepResult =
  /** `enter` is what a person types first, since something else was run instead. */
  | { step: Step; status: 'done'; enter?: string }
  | { step: Step; status: 'failed'; reason: string; output: string }
  | { step: Step; status: 'skipped'; reason: string };

export type StepEvent = { kind: 'start'; step: Step } | { kind: 'end'; result: StepResult };

const SHOWN = 15;
const CANCELLED = 'it was cancelled';

/** Whether the steps were cancelled. */
export function isCancelled(results: readonly StepResult[]): boolean {
  return results.some((result) => result.status === 'failed' && result.reason === CANCELLED);
}

/**
 * Runs steps one after another in a folder. A failing command is a result, never an exception; the
 * steps of the same kind after it are skipped. Aborting stops the running step and skips the rest.
 */
export async function runSteps(
  root: string,
  steps: readonly Step[],
  report: (event: StepEvent) => void,
  signal?: AbortSignal,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const reason = reasonToSkip(step, results, signal);
    if (reason === undefined) report({ kind: 'start', step });
    const result: StepResult =
      reason === undefined
        ? await runStep(root, step, signal)
        : { step, status: 'skipped', reason };
    results.push(result);
    report({ kind: 'end', result });
  }
  return results;
}

function reasonToSkip(
  { kind }: Step,
  results: readonly StepResult[],
  signal?: AbortSignal,
): string | undefined {
  if (signal?.aborted || isCancelled(results)) return CANCELLED;
  const failed = results.find(({ step, status }) => step.kind === kind && status === 'failed');
  if (failed === undefined) return undefined;
  return `it needs ${[failed.step.command, ...failed.step.args].join(' ')}, which failed`;
}

async function runStep(root: string, step: Step, signal?: AbortSignal): Promise<StepResult> {
  const failure = await run(root, step, step, signal);
  if (failure === undefined) return { step, status: 'done' };
  const { instead } = step;
  if (!failure.isMissing || instead === undefined) return failed(step, failure);
  for (const program of instead.runs) {
    const other = await run(root, step, program, signal);
    if (other !== undefined) return failed(step, other);
  }
  return { step, status: 'done', enter: instead.enter };
}

const failed = (
  step: Step,
  { reason, output }: { reason: string; output: string },
): StepResult => ({
  step,
  status: 'failed',
  reason,
  output,
});

/** Why a program failed; undefined where it did not. */
async function run(root: string, step: Step, program: Program, signal?: AbortSignal) {
  const { execa } = await import('execa');
  const result = await execa(program.command, program.args, {
    cwd: root,
    env: environment(step),
    stdin: 'ignore',
    all: true,
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  if (!result.failed) return undefined;
  const reason = wasCancelled(result) ? CANCELLED : reasonOf(program, result);
  return { isMissing: result.code === 'ENOENT', reason, output: lastLines(result.all) };
}

type Failure = {
  isCanceled: boolean;
  code?: string | undefined;
  exitCode?: number | undefined;
  signal?: string | undefined;
};

/** Ctrl-C on a terminal also reaches the command itself, and perhaps before us. */
function wasCancelled({ isCanceled, exitCode, signal }: Failure): boolean {
  return isCanceled || signal === 'SIGINT' || exitCode === 130;
}

function reasonOf({ command }: Program, { code, exitCode, signal }: Failure): string {
  if (code === 'ENOENT') return `${command} was not found`;
  if (exitCode !== undefined) return `${command} ended with exit code ${exitCode}`;
  if (signal !== undefined) return `${command} was ended by ${signal}`;
  return `${command} could not be started${code === undefined ? '' : ` (${code})`}`;
}

function lastLines(output: string): string {
  const lines = stripVTControlCharacters(output).trimEnd().split(/\r?\n/);
  return lines.slice(-SHOWN).join('\n');
}
