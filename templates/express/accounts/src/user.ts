import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createPasswords } from './auth/passwords.ts';
import { runUserCommand } from './auth/user-commands.ts';
import { readDatabaseConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { migrateToLatest } from './db/migrations.ts';

async function run(args: string[]): Promise<void> {
  const config = readDatabaseConfig(process.env);
  const db = await openDatabase(config);
  try {
    if (config.kind === 'embedded') await migrateToLatest(db);
    console.log(await runUserCommand(args, { db, passwords: createPasswords(), readPassword }));
  } finally {
    await db.destroy();
  }
}

/** Asks for the password on a terminal without echo; otherwise reads the first line of stdin. */
async function readPassword(): Promise<string> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY) return (await text(stdin)).split(/\r?\n/, 1).join('');
  stdout.write('Password: ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: stdin, output: nowhere, terminal: true });
  const stop = new AbortController();
  for (const event of ['SIGINT', 'close']) terminal.once(event, () => stop.abort());
  try {
    return await terminal.question('', { signal: stop.signal });
  } catch {
    throw new Error('Cancelled');
  } finally {
    terminal.close();
    stdout.write('\n');
  }
}

if (existsSync('.env')) process.loadEnvFile('.env');
run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
