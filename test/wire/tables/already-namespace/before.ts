import type * as posts from '../modules/blog-posts/blog-posts.table.ts';

export interface Tables {
  blog_posts: posts.BlogPostsTable;
}
