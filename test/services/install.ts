import { existsSync } from 'node:fs';

export type Name = 'PostgreSQL' | 'PgBouncer' | 'Redis' | 'Chromium';

const packages = {
  apt: {
    PostgreSQL: 'postgresql',
    PgBouncer: 'pgbouncer',
    Redis: 'redis-server',
    Chromium: 'chromium',
  },
  brew: {
    PostgreSQL: 'postgresql@18',
    PgBouncer: 'pgbouncer',
    Redis: 'redis',
    Chromium: 'chromium',
  },
};

/** What this machine has not, what that means for the tests, and the one command that gets it. */
export function howToInstall(names: readonly Name[]): string {
  const listed = names.join(' and ');
  const it = names.length === 1 ? 'it' : 'them';
  return (
    `NOT PROVED: this machine has no ${listed}, and no npm package brings ${it} for it. ` +
    `The tests that need ${it} have failed. Install ${it}, and run the tests again:\n` +
    `  ${installCommand(names)}`
  );
}

function installCommand(names: readonly Name[]): string {
  if (process.platform === 'darwin') {
    return `brew install ${names.map((name) => packages.brew[name]).join(' ')}`;
  }
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const wanted = names.map((name) => packages.apt[name]).join(' ');
  if (existsSync('/usr/bin/apt-get')) {
    return `${sudo}apt-get update && ${sudo}apt-get install -y ${wanted}`;
  }
  return `install ${wanted} with the package manager of this system`;
}
