import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';

export interface Tables {
  blogPosts: BlogPostsTable;
}
