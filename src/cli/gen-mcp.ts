import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { findProject } from '../project/find-project.ts';
import { packageRoot } from '../project/package-root.ts';
import { addTools } from './mcp-tools.ts';
import { version } from './package.ts';
import { stderr } from './streams.ts';

const INSTRUCTIONS =
  'Change endpoints and fields with `plan`, then `apply`; edit other code by hand. ' +
  'Read AGENTS.md first. Do not edit migrations or backend.lock.json.';

const root = packageRoot(import.meta.url);

/** What the server lets agents read: each is read when it is asked for. */
const resources = [
  {
    name: 'AGENTS.md',
    description: 'How to work on this project.',
    mimeType: 'text/markdown',
    read: async () => {
      const project = await findProject(process.cwd());
      return readFile(join(project.root, 'AGENTS.md'), 'utf8');
    },
  },
  {
    name: 'backend.schema.json',
    description: 'The JSON schema of backend.json.',
    mimeType: 'application/schema+json',
    read: () => readFile(join(root, 'dist/backend.schema.json'), 'utf8'),
  },
];

/** `gen mcp`: serves the Model Context Protocol until its input ends. */
export async function genMcp(): Promise<void> {
  await new Promise<void>((resolve) => {
    serveStdio(() => newServer(resolve), {
      onerror: ({ message }) => stderr().write(`${message}\n`),
    });
  });
}

function newServer(closed: () => void): McpServer {
  const server = new McpServer({ name: 'create-backend', version }, { instructions: INSTRUCTIONS });
  addTools(server, join(root, 'bin/gen.js'));
  for (const { name, description, mimeType, read } of resources) {
    server.registerResource(name, `gen://${name}`, { description, mimeType }, async ({ href }) => ({
      contents: [{ uri: href, mimeType, text: await read() }],
    }));
  }
  server.server.onclose = closed;
  return server;
}
