import { Command } from 'commander';
import type { Stacks } from '../stacks/stack.ts';
import { addApplyCommand } from './apply-command.ts';
import { addApplyPlanCommand } from './apply-plan-command.ts';
import { addCheckCommand } from './check-command.ts';
import { addClientCommand } from './client-command.ts';
import { addCollectionsCommand } from './collections-command.ts';
import { addDiagramCommand } from './diagram-command.ts';
import { addDiffApiCommand } from './diff-api-command.ts';
import { addEjectCommand } from './eject-command.ts';
import { addEndpointCommand } from './endpoint-command.ts';
import { addFieldCommand } from './field-command.ts';
import { addListCommand } from './list-command.ts';
import { addMcpCommand } from './mcp-command.ts';
import { addMigrationCommand } from './migration-command.ts';
import { version } from './package.ts';
import { addRemoveCommand } from './remove-command.ts';
import { addRenderCommand } from './render-command.ts';
import { addServiceCommand } from './service-command.ts';
import { addStatusCommand } from './status-command.ts';
import { addUndoCommand } from './undo-command.ts';
import { addUpgradeCommand } from './upgrade-command.ts';
import { addVersionCommand } from './version-command.ts';

/** In the order of the help. */
const commands = [
  addEndpointCommand,
  addFieldCommand,
  addRemoveCommand,
  addMigrationCommand,
  addApplyCommand,
  addApplyPlanCommand,
  addUndoCommand,
  addStatusCommand,
  addListCommand,
  addCheckCommand,
  addDiffApiCommand,
  addDiagramCommand,
  addClientCommand,
  addCollectionsCommand,
  addServiceCommand,
  addVersionCommand,
  addUpgradeCommand,
  addEjectCommand,
  addMcpCommand,
  addRenderCommand,
];

/** `gen` with all of its commands, for projects on these stacks. */
export function genProgram(stacks: Stacks): Command {
  const program = new Command('gen')
    .description('Changes a backend that create-backend created.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const add of commands) add(program, stacks, () => genProgram(stacks));
  return program;
}
