import type { Command } from 'commander';

export function addMcpCommand(program: Command): void {
  program
    .command('mcp')
    .summary('serve plans to a coding agent over MCP')
    .description(
      'Serves the Model Context Protocol on stdin and stdout: tools that plan a command, carry\n' +
        'out a plan by its digest, and tell the status and the routes of this project.',
    )
    .helpOption('-h, --help', 'print this help')
    .action(async () => {
      const { genMcp } = await import('./gen-mcp.ts');
      await genMcp();
    });
}
