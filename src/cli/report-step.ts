import type { Step } from '../manifest/change.ts';
import { shellWord } from '../manifest/shell.ts';
import type { StepEvent, StepResult } from '../steps/run-steps.ts';
import { err, out } from './colors.ts';
import { stderr } from './streams.ts';

/** A line for each step; on a terminal it counts the seconds of the step that runs. */
export function stepReporter(json: boolean): (event: StepEvent) => void {
  const stream = json ? stderr() : process.stdout;
  const color = json ? err : out;
  let started = 0;
  let timer: NodeJS.Timeout | undefined;
  const seconds = () => Math.round((performance.now() - started) / 1000);
  return (event) => {
    if (event.kind === 'start') {
      started = performance.now();
      const line = `${color.dim('·')} ${event.step.title} …`;
      if (stream.isTTY) {
        timer = setInterval(() => stream.write(`\r${line} ${seconds()} s`), 1000);
      }
      stream.write(`${line}${stream.isTTY ? '' : '\n'}`);
      return;
    }
    clearInterval(timer);
    const { step, status } = event.result;
    if (status === 'skipped') return;
    const mark = status === 'done' ? color.green('✓') : color.yellow('!');
    const failed = status === 'failed' ? `: ${event.result.reason}` : '';
    const time = seconds() > 1 ? color.dim(` (${seconds()} s)`) : '';
    stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}${mark} ${step.title}${failed}${time}\n`);
  };
}

/** A step as a command to type. */
export function stepCommand({ command, args }: Step): string {
  return [command, ...args].map(shellWord).join(' ');
}

/** Why steps failed, each with the last lines of its output. */
export function explainSteps(results: readonly StepResult[]): string[] {
  return results.flatMap((result) => {
    if (result.status !== 'failed') return [];
    const { step, reason, output } = result;
    const lines = output === '' ? [] : output.split('\n').map((line) => out.dim(`    ${line}`));
    return ['', `${stepCommand(step)}: ${reason}`, ...lines];
  });
}
