import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Script } from 'node:vm';

export type CodeCache = {
  /** The cached code of a module, unless it is damaged or the module has changed. */
  find: (path: string) => Buffer | undefined;
  /** Caches the compiled code of a module when the process ends without an error. */
  keepAtExit: (path: string, script: Script) => void;
};

const HEADER = 8;

/**
 * Code that V8 compiled in earlier runs. It is stored beside its modules, so whoever can change it
 * could change those too. If anything is wrong with it, the code is compiled again.
 */
export function openCodeCache(folder: string): CodeCache {
  const keeping: { path: string; script: Script }[] = [];
  process.on('exit', (code) => {
    if (code !== 0 || keeping.length === 0) return;
    try {
      mkdirSync(folder, { recursive: true });
      // Concurrent commands write whole files; in two containers they may have the same process id.
      const own = mkdtempSync(join(folder, 'new-'));
      for (const { path, script } of keeping) {
        const file = join(own, basename(path));
        writeFileSync(file, codeOf(path, script));
        renameSync(file, fileOf(path));
      }
      rmSync(own, { recursive: true });
    } catch {
      // The folder may be read-only, as in a global installation: the next run compiles again.
    }
  });
  const fileOf = (path: string) => join(folder, `${basename(path)}.bin`);
  return {
    find(path) {
      try {
        const kept = readFileSync(fileOf(path));
        const half = HEADER + (kept.length - HEADER) / 2;
        const code = kept.subarray(HEADER, half);
        const isSound = kept.readDoubleLE() === statSync(path).mtimeMs;
        return isSound && code.equals(kept.subarray(half)) ? code : undefined;
      } catch {
        return undefined;
      }
    },
    keepAtExit: (path, script) => keeping.push({ path, script }),
  };
}

/** V8 runs damaged code, so it is stored twice: comparing is faster than a checksum. */
function codeOf(path: string, script: Script): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeDoubleLE(statSync(path).mtimeMs);
  const code = script.createCachedData();
  return Buffer.concat([header, code, code]);
}
