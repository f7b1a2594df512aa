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
  /** What was kept for a module, unless it is damaged or the module is another one by now. */
  find: (path: string) => Buffer | undefined;
  /** Keeps the code of a module's script as it is when the process ends well. */
  keepAtExit: (path: string, script: Script) => void;
};

const HEADER = 8;

/**
 * Code that V8 compiled in earlier runs. It lies beside the modules that it was compiled from, so
 * whoever can change it could change those too. Whatever is wrong with it, it only costs time.
 */
export function openCodeCache(folder: string): CodeCache {
  const keeping: { path: string; script: Script }[] = [];
  process.on('exit', (code) => {
    if (code !== 0 || keeping.length === 0) return;
    try {
      mkdirSync(folder, { recursive: true });
      // Of two commands at once, each writes whole files; in two containers they may have one number.
      const own = mkdtempSync(join(folder, 'new-'));
      for (const { path, script } of keeping) {
        const file = join(own, basename(path));
        writeFileSync(file, codeOf(path, script));
        renameSync(file, fileOf(path));
      }
      rmSync(own, { recursive: true });
    } catch {
      // A folder that cannot be written, as of a global installation: the next run compiles again.
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

/** V8 runs damaged code: it is kept twice, since no checksum is as quick as comparing. */
function codeOf(path: string, script: Script): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeDoubleLE(statSync(path).mtimeMs);
  const code = script.createCachedData();
  return Buffer.concat([header, code, code]);
}
