// Runs a service for as long as whoever started this process lives: node keeper.mjs <folder> <user>
// <signal> <command...>. The end of the standard input, however it comes, stops the service and
// removes the folder.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder, user, signal, command, ...args] = process.argv.slice(2);
const id = user === '' ? {} : { uid: Number(user), gid: Number(user) };
const service = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  cwd: folder,
  ...id,
});
service.on('error', (error) => console.error(error.message));
service.on('close', () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit();
});
process.stdin.resume().on('end', () => service.kill(signal));
// Ctrl-C on a terminal reaches every process: this one ends when the tests have.
for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(each, () => {});
