import type { Command } from 'commander';
import { Option } from 'commander';
import * as z from 'zod';
import type { TypedFlag } from './typed-flags.ts';
import { typedFlags } from './typed-flags.ts';

/** The flags of every command that changes a project. */
export const changeFlagsSchema = z.object({
  dryRun: z.boolean().default(false),
  diff: z.boolean().default(false),
  json: z.boolean().default(false),
  yes: z.boolean().default(false),
  force: z.boolean().default(false),
  conflict: z.literal('markers').optional(),
  /** The digest of the only plan that may be written; `gen apply-plan` sets it. */
  digest: z.string().optional(),
});
/** `typed` has all flags as they were typed, to repeat them in a suggested command. */
export type ChangeFlags = z.infer<typeof changeFlagsSchema> & { typed: readonly TypedFlag[] };

export function readChangeFlags(command: Command): ChangeFlags {
  return { ...changeFlagsSchema.parse(command.optsWithGlobals()), typed: typedFlags(command) };
}

/** The flags of a command that only adds files of its own: nothing is lost, and nothing merged. */
export function withPlanFlags(command: Command): Command {
  return command
    .option('--dry-run', 'show what would change, write nothing')
    .option('--diff', 'show the changes as a patch, write nothing')
    .option('--json', 'print plan and result as JSON, ask no questions')
    .option('-y, --yes', 'ask no questions');
}

export function withChangeFlags(command: Command, force: string): Command {
  const conflict = new Option('--conflict <how>', 'write merge conflicts into the files');
  return withPlanFlags(command)
    .option('--force', force)
    .addOption(conflict.choices(['markers']));
}
