import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { isObject } from '../manifest/json.ts';
import type { Ended } from '../steps/run-own.ts';
import { runOwn } from '../steps/run-own.ts';
import { planAnswer } from './mcp-plan.ts';
import { commandWords, withOptions } from './words.ts';

const command = z
  .array(z.string())
  .min(1)
  .describe('The words of a command, such as ["endpoint", "posts", "title:string"].');

const planInput = z.object({
  command,
  newFiles: z.boolean().default(false).describe('Whether the patch has new files too.'),
});
const statusSchema = z.looseObject({ files: z.array(z.looseObject({ status: z.string() })) });
const applyInput = z.object({ command, digest: z.string().describe('From `plan`.') });

/** Each costs an agent a part of every message: they are few, and say little. */
export function addTools(server: McpServer, gen: string): void {
  server.registerTool(
    'plan',
    {
      description:
        'Plans a command of gen without writing: its digest, the files, what needs attention, and ' +
        'a patch. ["--help"] lists the commands, ["endpoint", "--help"] explains one.',
      inputSchema: planInput,
      annotations: { readOnlyHint: true },
    },
    async ({ command, newFiles }, { mcpReq }) => {
      const words = withOptions(commandWords(command), '--dry-run', '--json');
      const ended = await runOwn(gen, words, mcpReq.signal);
      return answer(ended, (json) => planAnswer(json, { diff: newFiles ? 'all' : 'known' }));
    },
  );
  server.registerTool(
    'apply',
    {
      description: 'Carries out a planned command, unless its plan has another digest by now.',
      inputSchema: applyInput,
      annotations: { destructiveHint: true },
    },
    async ({ command, digest }, { mcpReq }) => {
      const words = withOptions(commandWords(command), '--json');
      const ended = await runOwn(gen, ['apply-plan', digest, '--', ...words], mcpReq.signal);
      const told = await answer(ended, (json) => planAnswer(json, { diff: 'none' }));
      return { ...told, isError: told.isError || ended.code !== 0 };
    },
  );
  server.registerTool(
    'status',
    {
      description: 'Which generated files were edited, and what is missing: code or migrations.',
      annotations: { readOnlyHint: true },
    },
    async ({ mcpReq }) => answer(await runOwn(gen, ['status', '--json'], mcpReq.signal), differing),
  );
  server.registerTool(
    'routes',
    {
      description: 'The routes: method, path, who may call it, and the file that answers.',
      annotations: { readOnlyHint: true },
    },
    async ({ mcpReq }) =>
      answer(await runOwn(gen, ['list', '--json'], mcpReq.signal), (routes) => routes),
  );
}

/** Of a status, the files that differ from what was generated, which are few. */
function differing(json: unknown): unknown {
  const { files, ...status } = statusSchema.parse(json);
  return { ...status, files: files.filter((file) => file.status !== 'pristine') };
}

/** What a command printed, in the words of `tell`; its help is a text, and an error stays as it is. */
async function answer(
  { stdout, stderr, code }: Ended,
  tell: (json: unknown) => unknown,
): Promise<CallToolResult> {
  const text = stdout === '' ? stderr : stdout;
  if (!text.startsWith('{')) return { content: [{ type: 'text', text }], isError: code !== 0 };
  const json: unknown = JSON.parse(text);
  const hasFailed = isObject(json) && 'error' in json;
  const told = hasFailed ? { ...json, exitCode: code } : await tell(json);
  const isError = isObject(told) && 'error' in told;
  return { content: [{ type: 'text', text: JSON.stringify(told) }], isError };
}
