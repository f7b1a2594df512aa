import type { Command, Option } from 'commander';
import { vi } from 'vitest';
import { runProgram } from '../../src/cli/run.ts';

/** Every command of a program that does something itself. */
export function leavesOf(command: Command): Command[] {
  const isOne = command.commands.length === 0 || command.registeredArguments.length > 0;
  return [...(isOne ? [command] : []), ...command.commands.flatMap(leavesOf)];
}

/** What may stand for each argument of a command. */
const samples: Readonly<Record<string, string>> = {
  command: 'apply',
  digest: '0000',
  directory: 'shop',
  endpoint: 'posts',
  field: 'title',
  from: 'title',
  name: 'posts',
  revision: 'main',
  to: 'headline',
  url: 'http://localhost:1',
};

/** Arguments with which a command can be called. */
export function argumentsOf(command: Command): string[] {
  return command.registeredArguments.map((argument) => {
    const sample = argument.argChoices?.[0] ?? samples[argument.name()];
    if (sample === undefined) throw new Error(`What is typed for <${argument.name()}>?`);
    return sample;
  });
}

/** What may stand behind each option that takes a value. */
const values: Readonly<Record<string, string>> = {
  '--access': 'read=admin,create=admin',
  '--accounts': 'none',
  '--agents': 'codex',
  '--api': 'both',
  '--auth': 'none',
  '--only': 'list,create',
  '--out': '../web/src/api.ts',
  '--package-manager': 'pnpm',
  '--pagination': 'offset',
  '--plural': 'secrets',
  '--rate-limit': '5/minute',
  '--singular': 'confidence',
  '--stack': 'express',
  '--sunset': '2027-05-28',
  '--token': 'eyJ0',
  '--tool': 'file:tool.tgz',
  '--under': 'posts',
};

/** An option as it is typed. */
export function wordsOf(option: Option): string[] {
  const name = option.long ?? '';
  if (!option.required && !option.optional) return [name];
  const value = option.argChoices?.[0] ?? values[name];
  if (value === undefined) throw new Error(`What is typed behind ${name}?`);
  return [name, value];
}

export type Answer = { code: number; stdout: string; stderr: string };

/** Runs a program in this process, as if it was started in a folder. */
export async function runHere(program: Command, args: string[], cwd: string): Promise<Answer> {
  const written = { stdout: '', stderr: '' };
  const spies = [
    vi.spyOn(process, 'cwd').mockReturnValue(cwd),
    ...(['stdout', 'stderr'] as const).map((stream) =>
      vi.spyOn(process[stream], 'write').mockImplementation((text) => {
        written[stream] += String(text);
        return true;
      }),
    ),
  ];
  try {
    await runProgram(program, args);
    return { code: Number(process.exitCode ?? 0), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}
