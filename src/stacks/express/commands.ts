import type { Manifest } from '../../manifest/manifest.ts';
import type { Commands } from '../stack.ts';

/** The commands that people type in a project. */
export function commands({ packageManager }: Manifest): Commands {
  return {
    dev: `${packageManager} run dev`,
    // `bun test` would be the test runner of Bun instead of the script.
    test: packageManager === 'bun' ? 'bun run test' : `${packageManager} test`,
    migrate: `${packageManager} run migrate`,
    install: `${packageManager} install`,
  };
}
