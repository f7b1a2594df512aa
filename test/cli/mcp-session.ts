import { createInterface } from 'node:readline';
import { execa } from 'execa';
import * as z from 'zod';
import { binPath, shellEnv } from './run-bin.ts';

const messageSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.number(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});
type Message = z.output<typeof messageSchema>;

const toldSchema = z.object({
  content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
  isError: z.boolean().default(false),
});

/** What a tool answered: its text, and as JSON what is JSON. */
export type Told = { text: string; json: unknown; isError: boolean };

/** A session with `gen mcp` in a folder, as an agent holds it: one JSON text a line, both ways. */
export async function openSession(cwd: string) {
  const child = execa(process.execPath, [await binPath('gen'), 'mcp'], {
    cwd,
    env: shellEnv(),
    extendEnv: false,
    reject: false,
  });
  const waiting = new Map<number, (message: Message) => void>();
  // Whatever is no message on stdout would end a session: the schema refuses it.
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = messageSchema.parse(JSON.parse(line));
    waiting.get(message.id)?.(message);
  });
  const send = (message: object) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let last = 0;
  const ask = (method: string, params: object = {}) => {
    last += 1;
    const answered = new Promise<Message>((resolve) => waiting.set(last, resolve));
    send({ id: last, method, params });
    return answered;
  };
  const { result: server } = await ask('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1.0.0' },
  });
  send({ method: 'notifications/initialized' });
  return {
    server,
    ask,
    async call(name: string, input: object = {}): Promise<Told> {
      const { result } = await ask('tools/call', { name, arguments: input });
      const { content, isError } = toldSchema.parse(result);
      const [{ text }] = content;
      return { text, isError, json: text.startsWith('{') ? JSON.parse(text) : undefined };
    },
    /** Ends its input, and tells how it ended. */
    async close() {
      child.stdin.end();
      const { exitCode, stderr } = await child;
      return { exitCode, stderr };
    },
  };
}
