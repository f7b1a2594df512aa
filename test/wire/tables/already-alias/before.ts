import type { BlogPostsTable as Posts } from '../modules/blog-posts/blog-posts.table.ts';

export interface Tables {
  blog_posts: Posts;
}
