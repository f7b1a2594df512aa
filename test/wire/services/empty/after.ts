import type { Database } from './db/database.ts';
import { createBlogPostsService } from './modules/blog-posts/blog-posts.service.ts';

export function createServices({ db }: { db: Database }) {
  return { blogPosts: createBlogPostsService(db) };
}
