import type { BlogPostsTable } from '../modules/blog-posts/blog-posts.table.ts';

export type Tables = Record<'blog_posts', BlogPostsTable>;
