import { join } from 'node:path';
import { emptyFolder, write } from './run-bin.ts';

/**
 * An environment in which a bin gets a signal as soon as it opens or renames a file with this in its path: no
 * test could hit that instant from outside.
 */
export async function signalledAt(path: string, signal: 'SIGINT' | 'SIGKILL') {
  const folder = await emptyFolder();
  const hook = `
    const fs = require('node:fs/promises');
    let sent = false;
    for (const name of ['open', 'rename']) {
      const original = fs[name];
      fs[name] = (...args) => {
        if (!sent && args.some((arg) => String(arg).includes(${JSON.stringify(path)}))) {
          sent = true;
          process.kill(process.pid, '${signal}');
        }
        return original(...args);
      };
    }
    require('node:module').syncBuiltinESMExports();
  `;
  await write(folder, 'hook.cjs', hook);
  return { NODE_OPTIONS: `--require ${join(folder, 'hook.cjs')}` };
}
