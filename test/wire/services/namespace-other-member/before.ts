import { createAuthService } from './auth/auth.service.ts';
import type { Auth } from './auth/guards.ts';
import type { Database } from './db/database.ts';
import { createHealthService } from './db/health.service.ts';
import * as posts from './modules/blog-posts/blog-posts.service.ts';
import { createUsersService } from './modules/users/users.service.ts';

type Parts = { db: Database; auth: Auth };

/** What can be done: one line each. */
export function createServices({ db, auth }: Parts) {
  return {
    health: createHealthService(db),
    auth: createAuthService(db, auth.sessions),
    users: createUsersService(db, auth.sessions),
    blogPosts: posts.createOther(db),
  };
}
