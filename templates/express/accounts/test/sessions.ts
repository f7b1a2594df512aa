import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../src/db/database.ts';
import { type StoredUser, toStore } from '../src/modules/users/users.fixtures.ts';

const hour = 3_600_000;

/** Stores a user with a session and returns its id. One statement, since most tests begin with it. */
export async function insertWithSession(db: Database, user: StoredUser): Promise<string> {
  const id = uuidv7();
  await db
    .with('signed_in', (cte) => cte.insertInto('users').values(toStore(user)))
    .insertInto('auth_sessions')
    .values({
      id,
      user_id: user.id,
      user_agent: 'test',
      created_at: user.created_at,
      last_used_at: user.created_at,
      expires_at: new Date(Date.now() + hour).toISOString(),
      revoked_at: null,
    })
    .execute();
  return id;
}
