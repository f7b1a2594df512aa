import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';

/** Every table of the database, one line each. */
export interface Tables {
  blog_posts: BlogPostsTable;
}
