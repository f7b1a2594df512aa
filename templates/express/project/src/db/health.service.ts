import type { Database } from './database.ts';
import { pendingMigrations } from './migrations.ts';

/** How long a database may take to answer, in milliseconds. */
const patience = 2000;

/** Whether the database can be used. */
export function createHealthService(db: Database) {
  return {
    /** The migrations that have not run yet. Rejects where the database does not answer in time. */
    pendingMigrations: () => withinPatience(pendingMigrations(db)),
  };
}

async function withinPatience<T>(answer: Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(patience);
  const expired = new Promise<never>((_resolve, reject) => {
    timeout.addEventListener('abort', () => reject(timeout.reason));
  });
  return Promise.race([answer, expired]);
}
