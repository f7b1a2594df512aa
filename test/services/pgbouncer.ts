import { spawnSync } from 'node:child_process';
import { Missing } from './keep.ts';

/** Debian has it where only administrators look. */
const places = ['pgbouncer', '/usr/sbin/pgbouncer'];

/** An installed PgBouncer, as a program: tests start it before databases of their own. */
export async function findPgbouncer(): Promise<string> {
  const program = places.find((place) => spawnSync(place, ['--version']).error === undefined);
  if (program === undefined) throw new Missing('PgBouncer');
  return program;
}
