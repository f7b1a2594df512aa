import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { openCodeCache } from './code-cache.ts';

type Module = { exports: unknown };
type Require = (id: string) => unknown;
type Body = (module: Module, exports: unknown, require: Require, file: string, at: string) => void;

/** Identifies the build among earlier ones in the same folder. */
declare const BUILD: string;

/**
 * Runs an entry of a built folder and its imports, with the compiled code of an earlier run if there
 * is one. `part` separates commands that use different parts of the same modules.
 */
export function start(dist: string, entry: string, part: string): void {
  const entryFile = join(dist, `${entry}.cjs`);
  const native = createRequire(entryFile);
  // Stack traces are mapped to the sources only of modules that node loads itself.
  if (process.sourceMapsEnabled) {
    native(entryFile);
    return;
  }
  const cache = openCodeCache(
    join(dist, '.cache', `${process.version}-${process.arch}-${BUILD}`, part),
  );
  const loaded = new Map<string, Module>();
  const load = (file: string): unknown => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module: Module = { exports: {} };
    loaded.set(file, module);
    const source = readFileSync(file);
    const kept = cache.find(file);
    const script = new Script(
      `(function(module,exports,require,__filename,__dirname){${source.toString('utf8')}\n})`,
      { filename: file, ...(kept && { cachedData: kept }) },
    );
    if (!kept || script.cachedDataRejected) cache.keepAtExit(file, script);
    const at = dirname(file);
    const require = (id: string) => (id.startsWith('.') ? load(join(at, id)) : native(id));
    const body: Body = script.runInThisContext();
    body(module, module.exports, require, file, at);
    return module.exports;
  };
  load(entryFile);
}
