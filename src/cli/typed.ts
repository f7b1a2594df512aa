import type { PackageManager } from '../manifest/choices.ts';
import { packageManagers } from '../manifest/choices.ts';

/** How each package manager runs a bin of the project, and never a stranger's of the same name. */
const runners: Readonly<Record<PackageManager, string>> = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn',
  bun: 'bun run',
};

/** A command as a person types it, or several in a row: our bins are found through the package manager. */
export function typed(command: string, manager = callingManager(process.env) ?? 'npm'): string {
  const all = command.split(/ && (?=gen\b)/).map((each) => typedOne(each, manager));
  return all.join(' && ');
}

function typedOne(command: string, manager: PackageManager): string {
  if (/^gen\b/.test(command)) return `${runners[manager]} ${command}`;
  return /^create-backend\b/.test(command) ? `npx ${command}` : command;
}

/** The package manager through which we were started, as npx, pnpm exec and yarn say it. */
export function callingManager(env: NodeJS.ProcessEnv): PackageManager | undefined {
  const agent = env.npm_config_user_agent?.split('/', 1)[0];
  return packageManagers.find((name) => name === agent);
}
