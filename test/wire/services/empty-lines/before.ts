import type { Database } from './db/database.ts';

export function createServices({ db }: { db: Database }) {
  return {
  };
}
