import { join } from 'node:path';
import { emptyFolder, write } from './run-bin.ts';

/**
 * An environment in which a bin gets a signal as soon as it writes or renames a file with this in its path:
 * no test could hit that instant from outside.
 */
export async function signalledAt(path: string, signal: 'SIGINT' | 'SIGKILL') {
  const folder = await emptyFolder();
  const hook = `
    const fs = require('node:fs');
    let sent = false;
    for (const name of ['openSync', 'renameSync', 'writeFileSync']) {
      const original = fs[name];
      fs[name] = (path, second, ...rest) => {
        const isRead = name === 'openSync' && !String(second).startsWith('w');
        const paths = name === 'renameSync' ? [path, second] : [path];
        if (!sent && !isRead && paths.some((each) => String(each).includes(${JSON.stringify(path)}))) {
          sent = true;
          process.kill(process.pid, '${signal}');
        }
        return original(path, second, ...rest);
      };
    }
    require('node:module').syncBuiltinESMExports();
  `;
  await write(folder, 'hook.cjs', hook);
  return { NODE_OPTIONS: `--require ${join(folder, 'hook.cjs')}` };
}
