import { findFormatter } from '../project/find-formatter.ts';
import { inLayout } from '../stacks/in-layout.ts';
import type { Stack } from '../stacks/stack.ts';
import type { OpenProject } from './in-project.ts';
import { stderr } from './streams.ts';

/**
 * Plans with a stack that formats files as the project does. Planning is pure and cannot start a
 * formatter: so the files to format are collected, formatted in one run, and it plans again with the
 * results. A project without formatter options of its own needs none of this.
 */
export async function inProjectLayout<T>(
  { root, stack }: Pick<OpenProject, 'root' | 'stack'>,
  plan: (stack: Stack) => Promise<T>,
): Promise<T> {
  const found = findFormatter(root, stack.formatters);
  if (found === undefined) return plan(stack);
  if (found.status === 'missing') {
    const message = 'is not installed: new files are not formatted with your options';
    stderr().write(`${found.formatter.name} ${message}\n`);
    return plan(stack);
  }
  const { runFormatter } = await import('../steps/run-formatter.ts');
  const { name, args, runsOn, mixed } = found.formatter;
  const known = new Map<string, string>();
  const keyOf = (path: string, text: string) => `${path}\n${text}`;
  for (;;) {
    const wanted = new Map<string, { path: string; content: string }>();
    const layOut = (path: string, text: string) => {
      const key = keyOf(path, text);
      const laid = known.get(key);
      if (laid === undefined) wanted.set(key, { path, content: text });
      return laid ?? text;
    };
    const [outcome] = await Promise.allSettled([plan(inLayout(stack, layOut))]);
    if (wanted.size === 0) {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    }
    const files = [...wanted.values()];
    const { texts, problem } = await runFormatter({ root, ...found, args, runsOn, mixed }, files);
    if (problem !== undefined && known.size === 0) {
      stderr().write(
        `${name} failed, so the files are not formatted with your options: ${problem}\n`,
      );
      return plan(stack);
    }
    for (const [at, { path, content }] of files.entries()) {
      const laid = texts[at] ?? content;
      known.set(keyOf(path, content), laid);
      known.set(keyOf(path, laid), laid);
    }
  }
}
