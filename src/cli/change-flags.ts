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
});
/** With them as they were typed, the ones of a single command too, so that each can be repeated. */
export type ChangeFlags = z.infer<typeof changeFlagsSchema> & { typed: readonly TypedFlag[] };

export function readChangeFlags(command: Command): ChangeFlags {
  return { ...changeFlagsSchema.parse(command.optsWithGlobals()), typed: typedFlags(command) };
}

export function withChangeFlags(command: Command, force: string): Command {
  const conflict = new Option('--conflict <how>', 'write files that conflict with both versions');
  return command
    .option('--dry-run', 'show what would change, change nothing')
    .option('--diff', 'show it as a patch, change nothing')
    .option('--json', 'ask nothing, print the plan and the result as JSON')
    .option('-y, --yes', 'ask nothing')
    .option('--force', force)
    .addOption(conflict.choices(['markers']));
}
